"""The tidal stream as the program has it (src/varne/sea/harmonics.cpp, tides.cpp): every constituent of the shipped grid, K2
and P1 inferred, nodal corrections of the moment, bilinear between cells; in steps of five minutes.

What a library computes is rounded before it is used: sines differ in the last bit from machine to machine, the day may not.
"""
import csv
import gzip
import math

from .water import ROOT

STEP_S = 300
# Schureman 1940, table 2: multipliers of the hour angle from midnight and the mean longitudes of moon, sun and lunar perigee;
# phase; constituents whose nodal factor and angle it has.
TABLE = {"M2": ((2, -2, 2, 0), 0, ["M2"]), "S2": ((2, 0, 0, 0), 0, []), "N2": ((2, -3, 2, 1), 0, ["M2"]), "O1": ((1, -2, 1, 0), 270, ["O1"]),
         "K1": ((1, 0, 1, 0), 90, ["K1"]), "Q1": ((1, -3, 1, 1), 270, ["O1"]), "M4": ((4, -4, 4, 0), 0, ["M2"] * 2),
         "MS4": ((4, -2, 2, 0), 0, ["M2"]), "MN4": ((4, -5, 4, 1), 0, ["M2"] * 2), "M6": ((6, -6, 6, 0), 0, ["M2"] * 3),
         "2MS6": ((6, -4, 4, 0), 0, ["M2"] * 2), "2SM2": ((2, 2, -2, 0), 0, ["-M2"]), "MU2": ((2, -4, 4, 0), 0, ["M2"]),
         "L2": ((2, -1, 2, -1), 180, ["L2"]), "K2": ((2, 0, 2, 0), 0, ["K2"]), "P1": ((1, 0, -1, 0), 270, [])}
INFERRED = {"S2": ("K2", 0.29), "K1": ("P1", 0.33)}


def nodes(node_deg, perigee_deg):
    """Factor f and angle u [degrees] of those constituents that have formulas of their own (Schureman 1940, 73-78, 215, 227, 235)."""
    n = math.radians((node_deg + 180) % 360 - 180)
    near, far = math.atan(1.01883 * math.tan(n / 2)), math.atan(0.64412 * math.tan(n / 2))
    i, nu, xi = math.acos(0.91370 - 0.03569 * math.cos(n)), near - far, n - near - far
    cos2, sin2i, sini2 = math.cos(i / 2) ** 2, math.sin(2 * i), math.sin(i) ** 2
    p, tan2 = math.radians(perigee_deg) - xi, math.tan(i / 2) ** 2
    m2 = (cos2 ** 2 / 0.9154, 2 * xi - 2 * nu)
    both = {"M2": m2, "-M2": (m2[0], -m2[1]), "O1": (math.sin(i) * cos2 / 0.38, 2 * xi - nu),
            "K1": (math.sqrt(0.8965 * sin2i ** 2 + 0.6001 * sin2i * math.cos(nu) + 0.1006),
                   -math.atan2(sin2i * math.sin(nu), sin2i * math.cos(nu) + 0.3347)),
            "K2": (math.sqrt(19.0444 * sini2 ** 2 + 2.7702 * sini2 * math.cos(2 * nu) + 0.0981),
                   -math.atan2(sini2 * math.sin(2 * nu), sini2 * math.cos(2 * nu) + 0.0727)),
            "L2": (m2[0] * math.sqrt(1 - 12 * tan2 * math.cos(2 * p) + 36 * tan2 ** 2),
                   m2[1] - math.atan2(math.sin(2 * p), 1 / (6 * tan2) - math.cos(2 * p)))}
    return {name: (f, math.degrees(u)) for name, (f, u) in both.items()}


def phasors(seconds):
    """f cos(V + u) and f sin(V + u) of every constituent, so long after 2021-11-11T00:00Z. Mean longitudes: Meeus 1998."""
    days = 2459529.5 - 2451545.0 + seconds / 86400  # since J2000
    t = days / 36525
    perigee = 83.3532465 + 4069.0137287 * t
    angles = (seconds / 240, 218.3164477 + 481267.88123421 * t, 280.46646 + 36000.76983 * t, perigee)
    node = nodes(125.0445479 - 1934.1362891 * t, perigee)
    out = {}
    for name, (multipliers, phase, of) in TABLE.items():
        f, v = 1.0, float(phase)
        for multiplier, angle in zip(multipliers, angles):
            v += multiplier * angle
        for part in of:
            f, v = f * node[part][0], v + node[part][1]
        v = math.radians(v % 360)
        out[name] = (f * math.cos(v), f * math.sin(v))
    return out


def moment(seconds):
    """One pair of factors a constituent of the grid; an inferred one rides on that from which it is inferred."""
    all_of = phasors(seconds)
    out = []
    for name in TABLE:
        if name in ("K2", "P1"):
            continue
        rider, share = INFERRED.get(name, (name, 0.0))
        out += [round(a + share * b, 9) for a, b in zip(all_of[name], all_of[rider])]
    return out


class Tide:
    """Still water where the grid has no cell: close under the beaches."""

    def __init__(self):
        self.cells, self.moments, self.known = {}, {}, {}
        names = [name for name in TABLE if name not in ("K2", "P1")]
        with gzip.open(ROOT / "data/straits/dover/tides.csv.gz", "rt") as file:
            for row in csv.DictReader(line for line in file if not line.startswith("#")):
                place = (round(float(row["lon"]) * 12), round(float(row["lat"]) * 24))
                self.cells[place] = [self.series(row, names, axis) for axis in "uv"]

    @staticmethod
    def series(row, names, axis):
        out = [float(row[f"{axis}0"])]
        for name in names:
            amplitude, lag = float(row[f"{name}_{axis}_amp"]), math.radians(float(row[f"{name}_{axis}_g"]))
            out += [round(amplitude * math.cos(lag), 9), round(amplitude * math.sin(lag), 9)]
        return out

    def of_cell(self, cell, step):
        """East and north [m/s] at the middle of the step."""
        if step not in self.moments:
            self.moments[step] = moment((step + 0.5) * STEP_S)
        if (cell, step) not in self.known:
            stream = []
            for series in self.cells[cell]:
                total = series[0]
                for a, b in zip(series[1:], self.moments[step]):
                    total += a * b
                stream.append(total)
            self.known[cell, step] = stream
        return self.known[cell, step]

    def at(self, lon, lat, seconds):
        """East and north [m/s]."""
        x, y = lon * 12, lat * 24
        i, j = math.floor(x), math.floor(y)
        u = v = weight = 0.0
        for cell, share in (((i, j), (i + 1 - x) * (j + 1 - y)), ((i + 1, j), (x - i) * (j + 1 - y)),
                            ((i, j + 1), (i + 1 - x) * (y - j)), ((i + 1, j + 1), (x - i) * (y - j))):
            if cell in self.cells:
                stream = self.of_cell(cell, int(seconds // STEP_S))
                u, v, weight = u + share * stream[0], v + share * stream[1], weight + share
        return (u / weight, v / weight) if weight > 0 else (0.0, 0.0)
