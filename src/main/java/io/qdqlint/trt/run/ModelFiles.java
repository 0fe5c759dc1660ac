package io.qdqlint.trt.run;

import io.qdqlint.ir.Model;
import io.qdqlint.ir.Storage;
import io.qdqlint.ir.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The files that make up a model: the ONNX file, and those with its external data.
 *
 * @param external by the location that the model gives, relative to the model
 */
public record ModelFiles(Path model, Map<String, Path> external) {

    /**
     * Finds them all.
     *
     * @throws MachineException where one is missing, or lies outside the model's folder
     */
    public static ModelFiles of(Model model) throws MachineException {
        Map<String, Path> found = new LinkedHashMap<>();
        Path file = model.file().toAbsolutePath().normalize();
        for (Tensor tensor : model.graph().tensors()) {
            if (tensor.storage() instanceof Storage.External external && !found.containsKey(external.location())) {
                found.put(external.location(), find(external.location(), file));
            }
        }
        return new ModelFiles(model.file(), found);
    }

    private static Path find(String location, Path model) throws MachineException {
        Path folder = model.getParent();
        Path file = folder.resolve(location).normalize();
        if (!file.startsWith(folder) || file.equals(model)) {
            throw new MachineException("the model keeps weights in '" + location
                    + "', outside its own folder; qdqlint does not send them");
        }
        if (!Files.isRegularFile(file)) {
            throw new MachineException("the model's weights are missing: there is no file " + file
                    + "; TensorRT cannot build without them");
        }
        return file;
    }

    /** Puts links to the files into {@code folder}, the model under its fixed name, external data as the model names it. */
    void link(Path folder) throws IOException {
        Files.createSymbolicLink(folder.resolve(TrtexecFlags.MODEL), model.toAbsolutePath());
        for (Map.Entry<String, Path> e : external.entrySet()) {
            Path link = place(folder, e.getKey());
            Files.createSymbolicLink(link, e.getValue());
        }
    }

    /** As {@link #link}, but with the files themselves: what looks into the folder may not see where links lead. */
    void copy(Path folder) throws IOException {
        hardLinkOrCopy(model.toRealPath(), folder.resolve(TrtexecFlags.MODEL));
        for (Map.Entry<String, Path> e : external.entrySet()) {
            hardLinkOrCopy(e.getValue().toRealPath(), place(folder, e.getKey()));
        }
    }

    private static Path place(Path folder, String location) throws IOException {
        Path place = folder.resolve(location).normalize();
        Files.createDirectories(place.getParent());
        return place;
    }

    private static void hardLinkOrCopy(Path from, Path to) throws IOException {
        try {
            Files.createLink(to, from);
        } catch (UnsupportedOperationException | IOException otherFileSystem) {
            Files.copy(from, to);
        }
    }
}
