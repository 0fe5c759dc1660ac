package io.qdqlint.rules.compile;

import java.util.Map;

/** Loads classes from files that have not been written yet. */
final class CompiledClasses extends ClassLoader {
    private final Map<String, byte[]> files;

    /** @param files contents by path; they see qdqlint's classes */
    CompiledClasses(Map<String, byte[]> files) {
        super(CompiledClasses.class.getClassLoader());
        this.files = files;
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        byte[] file = files.get(name.replace('.', '/') + ".class");
        if (file == null) {
            throw new ClassNotFoundException(name);
        }
        return defineClass(name, file, 0, file.length);
    }
}
