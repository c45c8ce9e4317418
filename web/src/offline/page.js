/** The offline page: says when prices were live last, and goes on as soon as the exchange answers. */

const ASK_AGAIN_MS = 5_000;
// Who opens it by its own address is not offline.
const OWN = /\/offline$/;

function sayWhen() {
  const at = Number(localStorage.getItem("cse.live"));
  if (!at) return;
  const place = document.getElementById("live");
  const format = new Intl.DateTimeFormat(document.documentElement.lang, {
    dateStyle: "medium",
    timeStyle: "medium",
    hourCycle: "h23",
    numberingSystem: "latn",
  });
  place.textContent = format.format(at);
}

async function goOnIfReached() {
  try {
    await fetch(location.href, { method: "HEAD", cache: "no-store" });
  } catch {
    return;
  }
  if (OWN.test(location.pathname)) location.replace(location.pathname.replace(OWN, ""));
  else location.reload();
}

try {
  sayWhen();
} catch {
  // Nothing is kept in a window that keeps nothing.
}
addEventListener("online", goOnIfReached);
document.getElementById("again").addEventListener("click", goOnIfReached);
setInterval(goOnIfReached, ASK_AGAIN_MS);
if (OWN.test(location.pathname)) goOnIfReached();
