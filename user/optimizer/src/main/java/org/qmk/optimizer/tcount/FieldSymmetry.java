package org.qmk.optimizer.tcount;

import java.util.SplittableRandom;

/// A map of the points of a field product that keeps its third order, as what it makes of each of a
/// point's three elements.
///
/// It squares all of them a number of times; then it multiplies and exchanges them, or takes sums
/// of them.
final class FieldSymmetry {

    private static final int[][] ORDERS = {
        {0, 1, 2}, {1, 2, 0}, {2, 0, 1}, {1, 0, 2}, {0, 2, 1}, {2, 1, 0}
    };

    private final int digits;
    private final int[][] images;

    private FieldSymmetry(FieldProduct field, int[][] matrix, int squarings) {
        digits = field.digits();
        images = new int[3][1 << digits];
        for (int from = 0; from < 3; from++) {
            for (int element = 0; element < 1 << digits; element++) {
                int power = field.squared(element, squarings);
                for (int to = 0; to < 3; to++) {
                    images[from][element] |= field.times(matrix[to][from], power) << to * digits;
                }
            }
        }
    }

    static FieldSymmetry random(FieldProduct field, SplittableRandom random) {
        int squarings = randomDivisor(field.digits(), random) % field.digits();
        int[][] matrix = random.nextBoolean() ? monomial(field, random) : binary(random);
        return new FieldSymmetry(field, matrix, squarings);
    }

    private static int randomDivisor(int number, SplittableRandom random) {
        int divisor = 1 + random.nextInt(number);
        while (number % divisor != 0) divisor = 1 + random.nextInt(number);
        return divisor;
    }

    /// One element in each row and column, the product of which is one.
    private static int[][] monomial(FieldProduct field, SplittableRandom random) {
        int step = randomDivisor(field.order(), random);
        int first = step * random.nextInt(field.order() / step);
        int second = step * random.nextInt(field.order() / step);
        int[] exponents = {first, second, 2 * field.order() - first - second};
        int[] order = ORDERS[random.nextInt(ORDERS.length)];
        int[][] matrix = new int[3][3];
        for (int i = 0; i < 3; i++) matrix[i][order[i]] = field.power(exponents[i]);
        return matrix;
    }

    /// Zeros and ones, with an odd determinant.
    private static int[][] binary(SplittableRandom random) {
        int[][] m = new int[3][3];
        while (true) {
            for (int[] row : m) {
                for (int j = 0; j < 3; j++) row[j] = random.nextInt(2);
            }
            int determinant = 0;
            for (int[] order : ORDERS) {
                determinant ^= m[0][order[0]] & m[1][order[1]] & m[2][order[2]];
            }
            if (determinant != 0) return m;
        }
    }

    int image(int point) {
        int mask = (1 << digits) - 1;
        return images[0][point & mask]
                ^ images[1][point >> digits & mask]
                ^ images[2][point >> 2 * digits];
    }
}
