/** Where a layout is kept. */
export const LAYOUT_KEY = "cse.desk";

/** Does what `applyLayout` does with what was kept, before the first paint: nothing moves once it is there. */
export const LAYOUT_SCRIPT = `(function(){try{var k=JSON.parse(localStorage.getItem("${LAYOUT_KEY}")),r=document.documentElement;if(!k)return;["book","ticket","below"].forEach(function(n){if(k[n]>0)r.style.setProperty("--desk-"+n,+k[n]+"px")});r.dataset.desk=[].concat(k.closed||[],k.swapped===true?"swapped":[]).join(" ")}catch(e){}})()`;
