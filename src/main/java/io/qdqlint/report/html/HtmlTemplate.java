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
import java.util.Locale;
import java.util.Map;

/**
 * Fills a template of {@code reports/}. Style sheet and script stand in the page itself, and its content security
 * policy allows these two texts by their hashes and nothing else.
 */
final class HtmlTemplate {
    private static final String FOLDER = "/reports/";
    private static final Configuration FREEMARKER = configuration();

    private HtmlTemplate() {}

    static void write(String template, Object page, OutputStream out) throws IOException {
        String style = resource("report.css");
        String script = resource("report.js");
        Map<String, Object> model = new HashMap<>();
        model.put("page", page);
        model.put("style", style);
        model.put("styleHash", hash(style));
        model.put("script", script);
        model.put("scriptHash", hash(script));
        Writer writer = new OutputStreamWriter(out, StandardCharsets.UTF_8);
        try {
            FREEMARKER.getTemplate(template).process(model, writer);
        } catch (TemplateException e) {
            throw new IllegalStateException("template " + template + " does not fit its model", e);
        }
        writer.flush();
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

    private static String resource(String name) throws IOException {
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
