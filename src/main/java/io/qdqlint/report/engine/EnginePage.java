package io.qdqlint.report.engine;

import freemarker.core.HTMLOutputFormat;
import freemarker.template.Configuration;
import freemarker.template.TemplateException;
import freemarker.template.TemplateExceptionHandler;
import io.qdqlint.trt.EngineLayer;
import io.qdqlint.trt.LayerKind;
import io.qdqlint.trt.MeasuredEngine;
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
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * A page with pictures of engines, from the templates in reports/engine. It needs nothing but itself; its security policy
 * lets no script run but ours, since names in it come from a model.
 */
final class EnginePage {
    private static final String FOLDER = "/reports/engine/";

    private EnginePage() {}

    /** Fills {@code template} with {@code model} and what all pages need, writes it and flushes. */
    static void write(String template, Map<String, Object> model, List<MeasuredEngine> engines, OutputStream out)
            throws IOException {
        Map<String, Object> all = new HashMap<>(model);
        String script = asset("page.js");
        all.put("pageCss", asset("page.css"));
        all.put("graphCss", asset("graph.css"));
        all.put("script", script);
        all.put("scriptHash", "sha256-" + sha256(script));
        all.put("kindsShown", kindsShown(engines));
        Configuration configuration = new Configuration(Configuration.VERSION_2_3_34);
        configuration.setClassForTemplateLoading(EnginePage.class, FOLDER);
        configuration.setDefaultEncoding("UTF-8");
        configuration.setLocale(Locale.ROOT);
        configuration.setNumberFormat("computer");
        configuration.setOutputFormat(HTMLOutputFormat.INSTANCE);
        configuration.setTemplateExceptionHandler(TemplateExceptionHandler.RETHROW_HANDLER);
        configuration.setLogTemplateExceptions(false);
        Writer writer = new OutputStreamWriter(out, StandardCharsets.UTF_8);
        try {
            configuration.getTemplate(template).process(all, writer);
        } catch (TemplateException e) {
            throw new IllegalStateException("template " + template, e);
        }
        writer.flush();
    }

    /** What a template shows of one engine. */
    static Map<String, Object> engine(MeasuredEngine engine, Function<EngineLayer, EngineSvg.Mark> marks)
            throws IOException {
        return Map.of(
                "label", engine.label(),
                "svg", new EngineSvg(engine, marks, false).draw(""),
                "details", EngineDetails.forPage(engine));
    }

    /** A file of reports/engine as text. */
    static String asset(String name) throws IOException {
        try (InputStream in = EnginePage.class.getResourceAsStream(FOLDER + name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static List<String> kindsShown(List<MeasuredEngine> engines) {
        return Stream.of(LayerKind.values())
                .filter(k -> k != LayerKind.CONSTANT)
                .filter(k -> engines.stream().anyMatch(e -> e.count(l -> l.kind() == k) > 0))
                .map(LayerKind::name)
                .toList();
    }

    private static String sha256(String text) {
        try {
            return Base64.getEncoder()
                    .encodeToString(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
