/// Plots of measured figures.
module qmk.plot {
    requires java.xml;

    exports org.qmk.plot;
}
