package org.qmk.qec.generate;

/// A place in the plane, ordered by x and then by y.
record Site(double x, double y) implements Comparable<Site> {

    Site plus(double dx, double dy) {
        return new Site(x + dx, y + dy);
    }

    @Override
    public int compareTo(Site other) {
        return x != other.x ? Double.compare(x, other.x) : Double.compare(y, other.y);
    }
}
