#include "varne/report/report_parts.h"

namespace varne::page {

std::string_view style() {
  return R"css(
:root{color-scheme:light dark;--paper:#fff;--ink:#16202a;--soft:#5a6773;--rule:#d5dce2;--panel:#f4f7f9;--warn:#b3261e;
--warnbg:#fdecea;--notice:#fff1c2;--noticeink:#4a3800;--sea:#dfeaf2;--land:#f3eee1;--shore:#b5a98c;--lines:#8a6fa8;
--ships:#8fa3b3;--radar:#c07a00;--unit:#00695c;--boat:#0b4f9e}
@media (prefers-color-scheme:dark){:root{--paper:#10161c;--ink:#dfe6ec;--soft:#93a1ad;--rule:#2c3742;--panel:#18212a;
--warn:#ff8a80;--warnbg:#3a1a18;--notice:#4a3a08;--noticeink:#ffe9a8;--sea:#16242f;--land:#2a2a24;--shore:#5d5a4a;
--lines:#a58cc4;--ships:#4d6070;--radar:#e0a030;--unit:#4db6a6;--boat:#7fb2ee}}
*{box-sizing:border-box}body{margin:0;background:var(--paper);color:var(--ink);
font:15px/1.5 system-ui,"Segoe UI","DejaVu Sans",sans-serif}
main,header{max-width:1180px;margin:0 auto;padding:0 24px}
.notice{margin:0;padding:10px 24px;background:var(--notice);color:var(--noticeink);text-align:center;font-size:14px;font-weight:600}
.kicker{margin:28px 0 0;color:var(--soft)}
h1{margin:2px 0 18px;font-size:30px;line-height:1.2}h2{margin:44px 0 12px;font-size:21px;border-bottom:2px solid var(--ink);
padding-bottom:4px}h3{margin:24px 0 8px;font-size:16px}small{color:var(--soft);font-size:12.5px}
.tiles{display:grid;grid-template-columns:repeat(auto-fit,minmax(128px,1fr));gap:10px}
.tile{background:var(--panel);border:1px solid var(--rule);border-radius:6px;padding:12px 14px}
.tile b{display:block;font-size:27px;line-height:1.15;font-variant-numeric:tabular-nums}.tile span{color:var(--soft)}
.tile.open{background:var(--warnbg);border-color:var(--warn)}.tile.open b{color:var(--warn)}
table{border-collapse:collapse;width:100%;font-variant-numeric:tabular-nums}
th{text-align:left;font-size:12.5px;color:var(--soft);font-weight:600;border-bottom:1px solid var(--ink)}
td,th{padding:5px 12px 5px 0;vertical-align:top}td{border-bottom:1px solid var(--rule)}
td.n,th.n,.account td:last-child,.rescues td:nth-child(3),.units td:nth-child(n+2){text-align:right;padding-right:18px}
.rescues th:nth-child(3),.units th:nth-child(n+2){text-align:right;padding-right:18px}
tfoot td{border-top:2px solid var(--ink);border-bottom:3px double var(--ink);font-weight:700}
tr.open td{background:var(--warnbg)}.tag{color:var(--warn);font-weight:600;border:1px solid var(--warn);border-radius:3px;
padding:0 5px;font-size:12px;white-space:nowrap}
.when{white-space:nowrap}.wide{overflow-x:auto}.account{display:grid;grid-template-columns:1fr 1fr;gap:32px;align-items:start}
.balance{font-weight:600}
svg.map{width:100%;height:auto;border:1px solid var(--rule);border-radius:6px;display:block}
svg .sea{fill:var(--sea)}svg .land{fill:var(--land);stroke:var(--shore);stroke-width:.8}
svg path{fill:none;stroke-linejoin:round}svg .line{stroke:var(--lines);stroke-width:1;stroke-dasharray:6 4;opacity:.8}
svg .ships{stroke:var(--ships);stroke-width:.7;opacity:.45}svg .unidentified{stroke:var(--radar);stroke-width:1;opacity:.75}
svg .units{stroke:var(--unit);stroke-width:1.2;opacity:.8}svg text{font:13px system-ui,"DejaVu Sans",sans-serif;fill:var(--ink)}
svg circle.town{fill:var(--soft)}svg text.town{fill:var(--soft);font-size:13px}
svg .boat path{stroke:var(--boat);stroke-width:1.8}svg .boat circle{fill:var(--boat);stroke:var(--paper);stroke-width:1.5}
svg .boat text{font-weight:600;font-size:11px;paint-order:stroke;stroke:var(--sea);stroke-width:3px}
svg .boat.open path{stroke:var(--warn)}svg .boat.open circle{fill:var(--warn)}svg .boat.open text{fill:var(--warn);font-size:14px}
svg .cloud{fill:var(--warn);fill-opacity:.13;stroke:var(--warn);stroke-opacity:.6}
svg .range{fill:var(--boat);fill-opacity:.05;stroke:var(--boat);stroke-width:1.2;stroke-dasharray:3 4}
svg text.range{fill:var(--boat);fill-opacity:1;stroke:none;font-size:12px}
.legend .k.range{width:14px;height:14px;border:1px dashed var(--boat);border-radius:50%}
details{margin:10px 0 22px}summary{cursor:pointer;padding:4px 0}h4{margin:20px 0 4px;font-size:14px}
.words td:nth-child(4){min-width:280px}.answers{font-size:13px;color:var(--soft);min-width:200px}.answers p{margin:0 0 4px}
.sides tr.first td{border-top:1px solid var(--ink)}
svg .scale{stroke:var(--ink);stroke-width:1.5}svg text.scale{stroke:none}
.legend{display:flex;flex-wrap:wrap;gap:4px 18px;color:var(--soft);font-size:13px;align-items:center}
.legend .k{display:inline-block;width:22px;height:0;border-top:3px solid;margin-right:-12px}
.k.boat{color:var(--boat)}.k.open{color:var(--warn)}.k.units{color:var(--unit)}.k.unidentified{color:var(--radar)}
.k.ships{color:var(--ships)}.k.line{color:var(--lines);border-top-style:dashed!important}
.legend .k.cloud{width:14px;height:14px;border:1px solid var(--warn);border-radius:50%;background:var(--warnbg)}
.timeline{list-style:none;margin:0;padding:0 0 0 12px;border-left:2px solid var(--rule)}
.timeline li{display:flex;gap:14px;padding:2px 0}.timeline time{flex:none;color:var(--soft)}
.timeline .closed{color:var(--soft)}.timeline .refused{color:var(--soft);font-style:italic}
.timeline .opened span{color:var(--boat)}.timeline .raised span,.timeline .reopened span{color:var(--warn)}
code{font:13px ui-monospace,"DejaVu Sans Mono",monospace;background:var(--panel);padding:1px 5px;border-radius:3px;
overflow-wrap:anywhere}footer.notice{margin-top:48px}
@media (max-width:760px){.account{grid-template-columns:1fr}}
@media print{:root{--paper:#fff;--ink:#000}body{font-size:11px}h2{break-after:avoid}tr,.tile,li{break-inside:avoid}
section#incidents,section#timeline{break-before:page}.wide{overflow:visible}main,header{max-width:none;padding:0}
details::details-content{content-visibility:visible;block-size:auto}summary{list-style:none}}
)css";
}

}  // namespace varne::page
