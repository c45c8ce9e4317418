// @vitest-environment jsdom
import { INITIAL_STATUS, type StreamStatus, type SystemFrame } from "@cse/client";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { act, cleanup, render, screen } from "@testing-library/react";
import { NextIntlClientProvider } from "next-intl";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import * as exchange from "@/providers/exchange";
import { useIncident } from "@/providers/incident";

const OUTAGE = {
  severity: "outage",
  texts: { en: "Orders wait.", ar: "تنتظر الأوامر." },
  begun_at: "2026-11-27T10:00:00.000000Z",
} as const;

let asked: string[];
let answer: unknown;
let tell: (frame: SystemFrame) => void;
let show: (state: StreamStatus["state"]) => void;

/** The streams as the page has them, in whichever state. */
function streams() {
  const listeners = new Set<(status: StreamStatus) => void>();
  let status = INITIAL_STATUS;
  show = (state) => {
    status = { ...status, state };
    for (const listener of listeners) listener(status);
  };
  return {
    get status() {
      return status;
    },
    onStatus: (listener: (status: StreamStatus) => void) => listeners.add(listener),
    subscribe: (channel: string, listener: (frame: SystemFrame) => void) => {
      expect(channel).toBe("system");
      tell = listener;
      return () => {};
    },
  };
}

const page = streams();

beforeEach(() => {
  vi.useFakeTimers();
  asked = [];
  answer = { incident: null };
  vi.spyOn(exchange, "liveStreams").mockReturnValue(
    page as unknown as ReturnType<typeof exchange.liveStreams>,
  );
  vi.spyOn(exchange, "exchange").mockReturnValue({
    calls: {
      public: async (path: string) => {
        asked.push(path);
        return answer;
      },
    },
  } as unknown as ReturnType<typeof exchange.exchange>);
});
afterEach(() => {
  act(() => show("connecting"));
  cleanup();
  vi.useRealTimers();
  vi.restoreAllMocks();
});

function Shown() {
  const incident = useIncident();
  return <p>{incident === null ? "nothing" : `${incident.language}: ${incident.text}`}</p>;
}

async function shown(locale: "en" | "ar" = "en"): Promise<void> {
  render(
    <NextIntlClientProvider locale={locale} messages={{}}>
      <QueryClientProvider client={new QueryClient()}>
        <Shown />
      </QueryClientProvider>
    </NextIntlClientProvider>,
  );
  await pass(0);
}

const pass = (ms: number) => act(() => vi.advanceTimersByTimeAsync(ms));
const text = () => screen.getByRole("paragraph").textContent;

it("asks again and again while the streams are not there", async () => {
  await shown();
  expect(asked).toEqual(["/api/incident"]);
  answer = { incident: { id: "1", ended_at: null, ...OUTAGE } };
  await pass(31_000);
  expect(text()).toBe("en: Orders wait.");
  await pass(31_000);
  expect(asked).toHaveLength(3);
});

it("asks no more once the streams tell it, and shows what they tell at once", async () => {
  await shown("ar");
  act(() => {
    show("live");
    tell({ status: "up", incident: null, stop: null });
  });
  asked.length = 0;
  await pass(120_000);
  expect([asked, text()]).toEqual([[], "nothing"]);
  act(() => tell({ status: "up", incident: OUTAGE, stop: null }));
  expect(text()).toBe(`ar: ${OUTAGE.texts.ar}`);
  act(() => tell({ status: "up", incident: null, stop: null }));
  expect(text()).toBe("nothing");
});

it("asks again when they are gone", async () => {
  await shown();
  act(() => {
    show("live");
    tell({ status: "up", incident: OUTAGE, stop: null });
  });
  await pass(1_000);
  asked.length = 0;
  act(() => show("reconnecting"));
  await pass(31_000);
  expect(asked.length).toBeGreaterThan(0);
  expect(text()).toBe("nothing");
});
