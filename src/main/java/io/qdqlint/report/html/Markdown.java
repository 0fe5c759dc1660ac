package io.qdqlint.report.html;

import java.util.List;
import java.util.Map;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Heading;
import org.commonmark.node.Node;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.HtmlRenderer;

/** A rule's page as HTML. Raw HTML in it is shown as text: a page may come from a user's rule folder. */
final class Markdown {
    private static final int PAGE_LEVEL = 2;
    private static final int LOWEST_LEVEL = 6;

    private static final Parser PARSER =
            Parser.builder().extensions(List.of(TablesExtension.create())).build();
    private static final HtmlRenderer RENDERER = HtmlRenderer.builder()
            .extensions(List.of(TablesExtension.create()))
            .escapeHtml(true)
            .sanitizeUrls(true)
            .attributeProviderFactory(context -> Markdown::focusable)
            .build();

    private Markdown() {}

    /** Code that is wider than the page scrolls, so that the keyboard must reach it. */
    private static void focusable(Node node, String tag, Map<String, String> attributes) {
        if (tag.equals("pre")) {
            attributes.put("tabindex", "0");
        }
    }

    /** The page without its title, headings moved below the report's own. */
    static String html(String page) {
        Node document = PARSER.parse(page);
        if (document.getFirstChild() instanceof Heading title && title.getLevel() == 1) {
            title.unlink();
        }
        document.accept(new AbstractVisitor() {
            @Override
            public void visit(Heading heading) {
                heading.setLevel(Math.min(LOWEST_LEVEL, heading.getLevel() + PAGE_LEVEL - 1));
            }
        });
        return RENDERER.render(document);
    }
}
