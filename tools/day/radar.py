"""Plots of two shore radars: noise that grows with range, misses, clutter. Where the radars stand is made up."""
from .water import Draw, apart, lonlat, xy

SITES = {"dover": (1.345, 51.128), "gris-nez": (1.585, 50.868)}
SCAN_S = 45
SHIP_RANGE, BOAT_RANGE = 27000, 22000


def plots(seen):
    """Rows in order of time. `seen(t)` gives (lon, lat, is_boat) of everybody afloat at that moment."""
    for scan in range(86400 // SCAN_S):
        t = scan * SCAN_S
        afloat = [(xy(lon, lat), small) for lon, lat, small in seen(t)]
        for site, place in SITES.items():
            yield from one_scan(scan, t, site, xy(*place), afloat)


def one_scan(scan, t, site, radar, afloat):
    draw = Draw("radar", site, scan)
    number = 0
    for at, small in afloat:
        metres = apart(at, radar)
        limit = BOAT_RANGE if small else SHIP_RANGE
        sure = (0.9 - 0.2 * metres / limit) if small else 0.97
        if metres > limit or draw.uniform() > sure:
            continue
        sigma = round(25 + 0.002 * metres)
        yield row(t, site, scan, number, (at[0] + sigma * draw.normal(), at[1] + sigma * draw.normal()), sigma)
        number += 1
    # Sea clutter: mostly near, anywhere there is sea to the radar.
    for _ in range(draw.whole(0, 4)):
        metres = 3000 + 15000 * draw.uniform() * draw.uniform()
        angle = draw.uniform(0, 1)
        x = radar[0] + metres * (angle * 2 - 1)
        y = radar[1] + (1 if site == "gris-nez" else -1) * metres * (1 - abs(angle * 2 - 1))
        yield row(t, site, scan, number, (x, y), round(25 + 0.002 * metres))
        number += 1


def row(t, site, scan, number, at, sigma):
    lon, lat = lonlat(*at)
    return f"2021-11-11T{t // 3600:02d}:{t // 60 % 60:02d}:{t % 60:02d}Z,{site},{scan},{number},{lon:.4f},{lat:.4f},{sigma}"
