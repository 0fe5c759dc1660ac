package io.qdqlint.report.html;

import freemarker.cache.ClassTemplateLoader;
import freemarker.core.TemplateClassResolver;
import freemarker.template.Configuration;
import freemarker.template.DefaultObjectWrapperBuilder;
import freemarker.template.TemplateException;
import freemarker.template.TemplateExceptionHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Templates of {@code reports/} with the style sheet and the script of their pages. These two stand in the page itself, and
 * its content security policy allows them by their hashes and nothing else: names in a page come from a model.
 *
 * @param styles files that make up the style sheet, in {@code reports/}
 * @param scripts files that make up the script, there too
 */
public record HtmlTemplate(List<String> styles, List<String> scripts) {
    private static final String FOLDER = "/reports/";
    private static final HtmlTemplate REPORT =
            new HtmlTemplate(List.of("report.css"), List.of("report.js", "layout.js", "graph.js", "explorer.js"));

    static void write(String template, Object page, OutputStream out) throws IOException {
        REPORT.write(template, Map.of("page", page), out);
    }

    /** Fills {@code template}, a file in {@code reports/}, with {@code model}, writes the page and flushes. */
    public void write(String template, Map<String, Object> model, OutputStream out) throws IOException {
        String sheet = together(styles);
        String code = together(scripts);
        Map<String, Object> all = new HashMap<>(model);
        all.put("style", sheet);
        all.put("styleHash", hash(sheet));
        all.put("script", code);
        all.put("scriptHash", hash(code));
        Writer writer = new OutputStreamWriter(out, StandardCharsets.UTF_8);
        try {
            configuration().getTemplate(template).process(all, writer);
        } catch (TemplateException e) {
            throw new IllegalStateException("template " + template + " does not fit its model", e);
        }
        writer.flush();
    }

    private static String together(List<String> names) throws IOException {
        StringBuilder out = new StringBuilder();
        for (String name : names) {
            out.append(resource(name));
        }
        return out.toString();
    }

    private static Configuration configuration() {
        Configuration c = new Configuration(Configuration.VERSION_2_3_34);
        c.setTemplateLoader(new ClassTemplateLoader(HtmlTemplate.class, FOLDER));
        c.setDefaultEncoding("UTF-8");
        c.setLocale(Locale.ROOT);
        c.setNumberFormat("computer");
        c.setTemplateExceptionHandler(TemplateExceptionHandler.RETHROW_HANDLER);
        c.setLogTemplateExceptions(false);
        c.setNewBuiltinClassResolver(TemplateClassResolver.ALLOWS_NOTHING_RESOLVER);
        c.setObjectWrapper(new DefaultObjectWrapperBuilder(Configuration.VERSION_2_3_34).build());
        return c;
    }

    /** A file of {@code reports/} as text. */
    public static String resource(String name) throws IOException {
        try (InputStream in = HtmlTemplate.class.getResourceAsStream(FOLDER + name)) {
            if (in == null) {
                throw new IOException("the file " + name + " is missing from this installation of qdqlint");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return "sha256-" + Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
