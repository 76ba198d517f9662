package org.qmk.plot;

import java.io.StringWriter;
import java.util.List;
import java.util.Locale;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/// A plot with two logarithmic axes.
///
/// @param xLabel with its unit
/// @param yLabel with its unit
/// @param curves one or more; the legend has their order
public record LogPlot(String title, String xLabel, String yLabel, List<Curve> curves) {

    private static final int WIDTH = 860;
    private static final int HEIGHT = 480;
    private static final int LEFT = 90;
    private static final int RIGHT = 560;
    private static final int TOP = 50;
    private static final int BOTTOM = 410;
    private static final int LEGEND = RIGHT + 24;
    private static final int LEGEND_STEP = 24;
    private static final int SAMPLE = 36;

    /// Colours after Okabe and Ito (2008), which the colour-blind can tell apart: darker ones for a
    /// light page, lighter ones for a dark page.
    private static final List<String> LIGHT =
            List.of("#0072b2", "#d55e00", "#008766", "#a8568a", "#6e5f00");

    private static final List<String> DARK =
            List.of("#56b4e9", "#ff8c42", "#2fc79b", "#e79bc6", "#f0e442");

    /// How many colours there are.
    static final int HUES = LIGHT.size();

    private static final String FORM =
            """

            svg { font: 14px sans-serif; }
            .title { font-size: 16px; font-weight: bold; }
            .grid { stroke-width: 1; }
            .curve { fill: none; stroke-width: 2; }
            .bar { stroke-width: 1.5; }
            .dashed { stroke-dasharray: 7 5; }
            """;

    public LogPlot {
        curves = List.copyOf(curves);
        if (curves.isEmpty()) throw new IllegalArgumentException("a plot has no curves");
    }

    /// The plot, readable on a light and on a dark page.
    public String svg() {
        var text = new StringWriter();
        try {
            XMLStreamWriter xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(text);
            new Drawing(xml).draw();
            xml.close();
        } catch (XMLStreamException broken) {
            throw new IllegalStateException("a string took no text", broken);
        }
        return text.toString();
    }

    /// Without variables, which not every program that shows SVG knows.
    private static String colours(String page, String ink, String grid, List<String> hues) {
        var text = new StringBuilder(".page { fill: %s; }\n".formatted(page));
        text.append("text { fill: %s; }\n.grid { stroke: %s; }\n".formatted(ink, grid));
        for (int i = 0; i < hues.size(); i++) {
            text.append(".hue%d { stroke: %s; }\n".formatted(i, hues.get(i)));
            text.append(".mark%d { fill: %s; }\n".formatted(i, hues.get(i)));
        }
        return text.toString();
    }

    private static String style() {
        return FORM
                + colours("#ffffff", "#1f2328", "#d8dee4", LIGHT)
                + "@media (prefers-color-scheme: dark) {\n"
                + colours("#0d1117", "#e6edf3", "#30363d", DARK)
                + "}\n";
    }

    private final class Drawing {
        private final XMLStreamWriter xml;
        private final Decades x = Decades.over(curves, Curve.Point::x, Curve.Point::x);
        private final Decades y = Decades.over(curves, Curve.Point::low, Curve.Point::high);

        Drawing(XMLStreamWriter xml) {
            this.xml = xml;
        }

        void draw() throws XMLStreamException {
            open(
                    "svg",
                    "xmlns",
                    "http://www.w3.org/2000/svg",
                    "viewBox",
                    "0 0 " + WIDTH + " " + HEIGHT,
                    "role",
                    "img");
            open("title");
            xml.writeCharacters(title);
            close();
            open("style");
            xml.writeCharacters(style());
            close();
            element("rect", "class", "page", "width", "" + WIDTH, "height", "" + HEIGHT);
            text(title, LEFT, 28, "start", "title");
            axes();
            for (Curve curve : curves) curve(curve);
            for (int i = 0; i < curves.size(); i++)
                legend(curves.get(i), TOP + 10 + i * LEGEND_STEP);
            close();
            xml.writeCharacters("\n");
        }

        private void axes() throws XMLStreamException {
            for (int exponent = x.first(); exponent <= x.last(); exponent++) {
                double at = across(StrictMath.pow(10, exponent));
                line("grid", at, TOP, at, BOTTOM);
                text(Decades.label(exponent), at, BOTTOM + 22, "middle", "tick");
            }
            for (int exponent = y.first(); exponent <= y.last(); exponent++) {
                double at = down(StrictMath.pow(10, exponent));
                line("grid", LEFT, at, RIGHT, at);
                text(Decades.label(exponent), LEFT - 10, at + 5, "end", "tick");
            }
            text(xLabel, (LEFT + RIGHT) / 2.0, BOTTOM + 50, "middle", "label");
            open(
                    "text",
                    "transform",
                    "translate(24 " + (TOP + BOTTOM) / 2 + ") rotate(-90)",
                    "text-anchor",
                    "middle");
            xml.writeCharacters(yLabel);
            close();
        }

        private double across(double number) {
            return LEFT + (RIGHT - LEFT) * x.place(number);
        }

        private double down(double number) {
            return BOTTOM - (BOTTOM - TOP) * y.place(number);
        }

        private void curve(Curve curve) throws XMLStreamException {
            var path = new StringBuilder();
            for (Curve.Point point : curve.points()) {
                path.append(path.isEmpty() ? "M" : " L").append(number(across(point.x())));
                path.append(' ').append(number(down(point.y())));
            }
            element("path", "class", classes(curve), "d", path.toString());
            for (Curve.Point point : curve.points()) {
                double at = across(point.x());
                mark(curve, at, down(point.y()));
                if (point.low() == point.high()) continue;
                line("bar hue" + curve.hue(), at, down(point.low()), at, down(point.high()));
            }
        }

        private void mark(Curve curve, double cx, double cy) throws XMLStreamException {
            element(
                    "circle",
                    "class",
                    "mark" + curve.hue(),
                    "cx",
                    number(cx),
                    "cy",
                    number(cy),
                    "r",
                    "3.5");
        }

        private void legend(Curve curve, double at) throws XMLStreamException {
            element(
                    "path",
                    "class",
                    classes(curve),
                    "d",
                    "M%d %s h%d".formatted(LEGEND, number(at), SAMPLE));
            mark(curve, LEGEND + SAMPLE / 2.0, at);
            text(curve.name(), LEGEND + SAMPLE + 10, at + 5, "start", "name");
        }

        private static String classes(Curve curve) {
            String colour = "curve hue" + curve.hue();
            return switch (curve.line()) {
                case SOLID -> colour;
                case DASHED -> colour + " dashed";
            };
        }

        private void line(String kind, double x1, double y1, double x2, double y2)
                throws XMLStreamException {
            element(
                    "line",
                    "class",
                    kind,
                    "x1",
                    number(x1),
                    "y1",
                    number(y1),
                    "x2",
                    number(x2),
                    "y2",
                    number(y2));
        }

        private void text(String text, double x, double y, String anchor, String kind)
                throws XMLStreamException {
            open("text", "class", kind, "x", number(x), "y", number(y), "text-anchor", anchor);
            xml.writeCharacters(text);
            close();
        }

        private void element(String name, String... attributes) throws XMLStreamException {
            xml.writeCharacters("\n");
            xml.writeEmptyElement(name);
            attributes(attributes);
        }

        /// @param attributes names, each with its value after it
        private void open(String name, String... attributes) throws XMLStreamException {
            if (!name.equals("svg")) xml.writeCharacters("\n");
            xml.writeStartElement(name);
            attributes(attributes);
        }

        private void attributes(String... attributes) throws XMLStreamException {
            for (int i = 0; i < attributes.length; i += 2) {
                xml.writeAttribute(attributes[i], attributes[i + 1]);
            }
        }

        private void close() throws XMLStreamException {
            xml.writeEndElement();
        }

        /// A tenth of a pixel is fine enough.
        private static String number(double value) {
            return String.format(Locale.ROOT, "%.1f", value);
        }
    }
}
