package org.qmk.plot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;

final class LogPlotTest {

    private static Curve curve(String name, Curve.Line line, double... xy) {
        List<Curve.Point> points = new ArrayList<>();
        for (int i = 0; i < xy.length; i += 2) points.add(new Curve.Point(xy[i], xy[i + 1]));
        return new Curve(name, 1, line, points);
    }

    private static List<Element> elements(LogPlot plot, String name) throws Exception {
        var factory = DocumentBuilderFactory.newDefaultInstance();
        var document =
                factory.newDocumentBuilder().parse(new InputSource(new StringReader(plot.svg())));
        var found = document.getElementsByTagName(name);
        List<Element> elements = new ArrayList<>();
        for (int i = 0; i < found.getLength(); i++) elements.add((Element) found.item(i));
        return elements;
    }

    private static LogPlot plot(Curve... curves) {
        return new LogPlot("T < 1 & more", "qubits", "time, s", List.of(curves));
    }

    @Test
    void points_lie_where_their_logarithms_do() throws Exception {
        Curve rises = curve("rises", Curve.Line.SOLID, 10, 1, 100, 10, 1000, 100);

        List<Element> marks = elements(plot(rises), "circle");

        assertEquals(4, marks.size(), "three points, and one in the legend");
        double left = Double.parseDouble(marks.get(0).getAttribute("cx"));
        double middle = Double.parseDouble(marks.get(1).getAttribute("cx"));
        double right = Double.parseDouble(marks.get(2).getAttribute("cx"));
        assertEquals((left + right) / 2, middle, 0.11);
        double low = Double.parseDouble(marks.get(0).getAttribute("cy"));
        double between = Double.parseDouble(marks.get(1).getAttribute("cy"));
        double high = Double.parseDouble(marks.get(2).getAttribute("cy"));
        assertEquals((low + high) / 2, between, 0.11);
        assertTrue(high < low && left < right);
    }

    @Test
    void a_bar_stands_at_its_point_and_fits_the_axis() throws Exception {
        var sure = new Curve.Point(10, 2);
        var unsure = new Curve.Point(100, 2, 0.5, 20);
        var curve = new Curve("one", 1, Curve.Line.SOLID, List.of(sure, unsure));

        List<Element> bars =
                elements(plot(curve), "line").stream()
                        .filter(line -> line.getAttribute("class").equals("bar hue1"))
                        .toList();

        assertEquals(1, bars.size());
        Element mark = elements(plot(curve), "circle").get(1);
        assertEquals(mark.getAttribute("cx"), bars.getFirst().getAttribute("x1"));
        assertEquals(mark.getAttribute("cx"), bars.getFirst().getAttribute("x2"));
        double low = Double.parseDouble(bars.getFirst().getAttribute("y1"));
        double high = Double.parseDouble(bars.getFirst().getAttribute("y2"));
        double middle = Double.parseDouble(mark.getAttribute("cy"));
        assertTrue(high < middle && middle < low, high + " " + middle + " " + low);
        assertTrue(high >= 50 && low <= 410, high + " " + low);
        assertThrows(IllegalArgumentException.class, () -> new Curve.Point(1, 2, 3, 4));
    }

    @Test
    void titles_axes_decades_and_curves_are_named() throws Exception {
        Curve one = curve("one", Curve.Line.SOLID, 10, 0.02, 900, 3);
        Curve two = curve("two", Curve.Line.DASHED, 10, 0.05, 900, 7);

        List<String> texts =
                elements(plot(one, two), "text").stream().map(Element::getTextContent).toList();

        assertEquals(
                List.of(
                        "T < 1 & more",
                        "10",
                        "100",
                        "1,000",
                        "0.01",
                        "0.1",
                        "1",
                        "10",
                        "qubits",
                        "time, s",
                        "one",
                        "two"),
                texts);
    }

    @Test
    void a_dashed_curve_is_dashed_in_plot_and_legend_alone() throws Exception {
        Curve one = curve("one", Curve.Line.SOLID, 10, 1, 100, 2);
        Curve two = curve("two", Curve.Line.DASHED, 10, 2, 100, 3);

        List<String> classes =
                elements(plot(one, two), "path").stream()
                        .map(p -> p.getAttribute("class"))
                        .toList();

        assertEquals(
                List.of("curve hue1", "curve hue1 dashed", "curve hue1", "curve hue1 dashed"),
                classes);
    }

    @Test
    void there_are_colours_for_a_light_and_a_dark_page() {
        String svg = plot(curve("one", Curve.Line.SOLID, 1, 1)).svg();
        int dark = svg.indexOf("@media (prefers-color-scheme: dark)");

        assertTrue(svg.indexOf(".hue1 { stroke: #d55e00; }") < dark, svg);
        assertTrue(svg.indexOf(".hue1 { stroke: #ff8c42; }") > dark, svg);
    }

    @ParameterizedTest
    @CsvSource({"0,1", "3,'1,000'", "-1,0.1", "-3,0.001", "-4,10⁻⁴", "-12,10⁻¹²", "7,10⁷"})
    void decades_are_written_as_people_write_them(int exponent, String label) {
        assertEquals(label, Decades.label(exponent));
    }

    @Test
    void what_cannot_be_drawn_is_refused() {
        assertThrows(IllegalArgumentException.class, () -> new Curve.Point(0, 1));
        assertThrows(IllegalArgumentException.class, () -> new Curve.Point(1, Double.NaN));
        assertThrows(IllegalArgumentException.class, () -> curve("none", Curve.Line.SOLID));
        assertThrows(
                IllegalArgumentException.class,
                () ->
                        new Curve(
                                "x",
                                LogPlot.HUES,
                                Curve.Line.SOLID,
                                List.of(new Curve.Point(1, 1))));
        assertThrows(
                IllegalArgumentException.class,
                () -> curve("x".repeat(29), Curve.Line.SOLID, 1, 1));
        assertThrows(IllegalArgumentException.class, () -> new LogPlot("t", "x", "y", List.of()));
    }
}
