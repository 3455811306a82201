"""Plots of two shore radars: noise that grows with range, misses, clutter. Where the radars stand is made up."""
from .water import Draw, apart, course, lonlat, xy

# Place, seconds after the others, and the bearings between which there is sea (clockwise): what comes from elsewhere is left out.
SITES = {"dover": ((1.345, 51.128), 0, 48, 250), "gris-nez": ((1.585, 50.868), 20, 190, 58), "dungeness": ((0.97, 50.913), 40, 55, 255)}
SCAN_S = 60
SHIP_RANGE, BOAT_RANGE = 27000, 22000


def plots(seen):
    """Rows in order of time. `seen(t)` gives (lon, lat, is_boat) of everybody afloat at that moment."""
    for scan in range(86400 // SCAN_S):
        for site, (place, late, first, last) in SITES.items():
            t = scan * SCAN_S + late
            yield from one_scan(scan, t, site, xy(*place), (first, last), seen(t))


def over_sea(radar, at, sector):
    first, last = sector
    bearing = course(radar, at)
    return first <= bearing <= last if first < last else bearing >= first or bearing <= last


def one_scan(scan, t, site, radar, sector, afloat):
    draw = Draw("radar", site, scan)
    number = 0
    for lon, lat, small in afloat:
        at = xy(lon, lat)
        metres = apart(at, radar)
        limit = BOAT_RANGE if small else SHIP_RANGE
        sure = (0.9 - 0.2 * metres / limit) if small else 0.97
        if metres > limit or not over_sea(radar, at, sector) or draw.uniform() > sure:
            continue
        sigma = round(25 + 0.002 * metres)
        yield row(t, site, scan, number, (at[0] + sigma * draw.normal(), at[1] + sigma * draw.normal()), sigma)
        number += 1
    # Sea clutter: mostly near.
    for _ in range(draw.whole(0, 4)):
        metres = 2500 + 15000 * draw.uniform() * draw.uniform()
        x, y = draw.uniform(-1, 1), draw.uniform(-1, 1)
        length = max(0.1, apart((x, y), (0, 0)))
        at = (radar[0] + x / length * metres, radar[1] + y / length * metres)
        if over_sea(radar, at, sector):
            yield row(t, site, scan, number, at, round(25 + 0.002 * metres))
            number += 1


def row(t, site, scan, number, at, sigma):
    lon, lat = lonlat(*at)
    return f"2021-11-11T{t // 3600:02d}:{t // 60 % 60:02d}:{t % 60:02d}Z,{site},{scan},{number},{lon:.4f},{lat:.4f},{sigma}"
