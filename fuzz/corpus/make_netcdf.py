#!/usr/bin/env python3
"""Makes the corpus of fuzz/sea/netcdf.cpp: the smallest classic netCDF files that reach each part of the reader.

    fuzz/corpus/make_netcdf.py      into fuzz/corpus/netcdf
"""
import pathlib

import numpy
from scipy.io import netcdf_file

HERE = pathlib.Path(__file__).resolve().parent / "netcdf"
VECTOR = {"units": "m s-1"}


def make(name, fields, *, dimensions=("time", "lat", "lon"), kind="f4", version=1, times="hours since 2021-11-11",
         record=False, attributes=None, more=()):
    with netcdf_file(HERE / name, "w", version=version) as out:
        lengths = {"time": 2, "lat": 2, "lon": 3, "y": 2, "x": 3, "depth": 1, "realization": 2}
        axes = {"time": ("f8", [0, 1], {"units": times}), "lat": ("f4", [50.5, 51], {"units": "degrees_north"}),
                "lon": ("f4", [1, 1.5, 2], {"units": "degrees_east"}), "depth": ("f4", [0.5], {"units": "m", "positive": "down"}),
                "realization": ("i4", [0, 1], {"standard_name": "realization"}),
                "y": ("f4", [0, 5e3], {"units": "m", "standard_name": "projection_y_coordinate"}),
                "x": ("f4", [0, 5e3, 1e4], {"units": "m", "standard_name": "projection_x_coordinate"})}
        for dimension in dimensions:
            out.createDimension(dimension, None if record and dimension == "time" else lengths[dimension])
        for dimension in dimensions:
            of, values, said = axes[dimension]
            axis = out.createVariable(dimension, of, (dimension,))
            axis[:] = numpy.array(values, of)
            for key, value in said.items():
                setattr(axis, key, value)
        for variable, units in fields.items():
            field = out.createVariable(variable, kind, dimensions)
            field[:] = numpy.ones([lengths[d] for d in dimensions], kind)
            field.units = units
            for key, value in (attributes or {}).items():
                setattr(field, key, value)
        for variable, of, over, values, said in more:
            extra = out.createVariable(variable, of, over)
            if over:
                extra[:] = numpy.array(values, of)
            for key, value in said.items():
                setattr(extra, key, value)


HERE.mkdir(exist_ok=True)
UV = {"uo": "m s-1", "vo": "m s-1"}
make("current", UV)
make("packed_records", UV, kind="i2", record=True, version=2,
     attributes={"scale_factor": 0.001, "_FillValue": numpy.int16(-32768), "valid_range": numpy.array([-9, 9], "i2")})
make("wind_from", {"wind_speed": "knots", "wind_from_direction": "degree"}, times="days since 1970-01-01 00:00")
make("waves_and_depth", {"VHM0": "m", "thetao": "K"}, dimensions=("time", "depth", "lat", "lon"))
make("members", UV, dimensions=("realization", "time", "lat", "lon"))
make("projected", UV, dimensions=("time", "y", "x"), attributes={"grid_mapping": "map"},
     more=[("map", "i4", (), [], {"grid_mapping_name": "polar_stereographic", "straight_vertical_longitude_from_pole": 0.0,
                                  "latitude_of_projection_origin": 90.0, "standard_parallel": 60.0})])
make("curvilinear", UV, dimensions=("time", "y", "x"), attributes={"coordinates": "nav_lon nav_lat"},
     more=[("nav_lon", "f4", ("y", "x"), [[1, 1.5, 2], [1, 1.5, 2]], {"units": "degrees_east"}),
           ("nav_lat", "f4", ("y", "x"), [[50.5] * 3, [51] * 3], {"units": "degrees_north"})])
