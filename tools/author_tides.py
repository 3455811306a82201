#!/usr/bin/env python3
"""Writes data/straits/dover/tides.csv.gz, the tidal-stream grid that ships with Varne, from the model's output.

    tools/author_tides.py channel_tidal_currents_model.csv data/straits/dover/tides.csv.gz

Facts are kept as they are but for one correction (see PROVENANCE: L2), with where they come from in front of them. The
same input gives the same bytes.
"""
import csv
import gzip
import pathlib
import sys

PROVENANCE = """\
Tidal harmonic constants of the eastern English Channel and the Dover Strait, 49.75-52 N, 0.5 W-3 E.
One line a sea cell of 1/24 degree of latitude by 1/12 degree of longitude, at its centre (WGS-84).
depth_m: below mean sea level. For each constituent and z (level [m]), u (east) and v (north) (depth-averaged
stream [m/s]): _amp amplitude, _g Greenwich phase lag [degrees]. u0, v0: residual stream [m/s].
Source: computed for the Varne project with a depth-averaged shelf model, forced by the boundary constants and
bathymetry of the set-up optos_csm of COHERENS (Royal Belgian Institute of Natural Sciences).
Known limits: M4 is about 40 % low in amplitude; K2 and P1 were not forced: infer K2 = 0.29 S2, P1 = 0.33 K1.
Corrected here: the model's lags of L2 leave out the 180 degrees of its equilibrium argument (Schureman 1940, table 2);
they are turned by 180 degrees, after which they agree with tide gauges (Dover 348 against 340, Calais 1 against 351,
Boulogne 344 against 335).
Written by tools/author_tides.py; do not edit by hand."""


def main() -> int:
    if len(sys.argv) != 3:
        print(__doc__, file=sys.stderr)
        return 2
    with open(sys.argv[1], newline="") as source:
        rows = list(csv.reader(source))
    header, cells = rows[0], rows[1:]
    kept = [i for i, name in enumerate(header) if name != "z0"]  # the model's own mean level: no datum of a chart
    for i in (header.index(f"L2_{quantity}_g") for quantity in "zuv"):
        for row in cells:
            row[i] = f"{(float(row[i]) + 180) % 360:.1f}"
    lines = ["# " + line for line in PROVENANCE.splitlines()]
    lines += [",".join(row[i] for i in kept) for row in [header, *sorted(cells, key=lambda c: (float(c[0]), float(c[1])))]]
    text = "\n".join(lines) + "\n"
    # Neither time nor name in the gzip header: the bytes depend on the input alone.
    pathlib.Path(sys.argv[2]).write_bytes(gzip.compress(text.encode(), compresslevel=9, mtime=0))
    print(f"{sys.argv[2]}: {len(cells)} cells")
    return 0


if __name__ == "__main__":
    sys.exit(main())
