/**
 * The service worker. It does one thing: where a page cannot be fetched it answers with the offline page
 * of its language. It keeps nothing else: no answer of the API, no page of the app, no order.
 *
 * The build fills in the name of its sources and the languages. Another build is another worker, which
 * fetches its own offline pages and drops those before.
 */

const BUILD = "__BUILD__";
const LOCALES = "__LOCALES__".split(" ");
const KEPT = `cse-offline-${BUILD}`;
const PARTS = ["/offline/page.css", "/offline/page.js"];
const pageOf = (locale) => `/${locale}/offline`;

addEventListener("install", (event) => {
  const files = [...PARTS, ...LOCALES.map(pageOf)];
  const fresh = files.map((file) => new Request(file, { cache: "reload" }));
  event.waitUntil(caches.open(KEPT).then((kept) => kept.addAll(fresh)));
  // It hands out nothing that an open page was made with, so it need not wait for one to close.
  skipWaiting();
});

addEventListener("activate", (event) => {
  event.waitUntil(Promise.all([dropOthers(), registration.navigationPreload?.enable()]));
});

addEventListener("fetch", (event) => {
  const { origin, pathname } = new URL(event.request.url);
  if (event.request.method !== "GET" || origin !== location.origin) return;
  const locale = LOCALES.find((one) => pathname === `/${one}` || pathname.startsWith(`/${one}/`));
  if (event.request.mode === "navigate" && (locale || pathname === "/")) {
    event.respondWith(pageOrOffline(event, locale ?? LOCALES[0]));
  } else if (PARTS.includes(pathname)) {
    event.respondWith(keptOrFetched(event.request));
  }
});

/** What the exchange answers, whatever it is; only where nothing does, that one is offline. */
async function pageOrOffline(event, locale) {
  try {
    return (await event.preloadResponse) ?? (await fetch(event.request));
  } catch (failure) {
    const kept = await caches.match(pageOf(locale), { cacheName: KEPT });
    if (!kept) throw failure;
    // No program may take it for the page that was asked for.
    return new Response(kept.body, { status: 503, headers: kept.headers });
  }
}

async function keptOrFetched(request) {
  return (await caches.match(request, { cacheName: KEPT })) ?? fetch(request);
}

async function dropOthers() {
  const names = await caches.keys();
  const others = names.filter((name) => name.startsWith("cse-offline-") && name !== KEPT);
  await Promise.all(others.map((name) => caches.delete(name)));
}
