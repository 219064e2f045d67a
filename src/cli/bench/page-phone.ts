/** A cheap phone on a slow network, as Lighthouse takes it: the browser makes both of this machine. */
import type { BrowserContextOptions, CDPSession } from 'playwright-core';
import type { Pace, Wire } from './page-wire.ts';

export const PHONE: BrowserContextOptions = {
	...{ viewport: { width: 360, height: 740 }, deviceScaleFactor: 2 },
	...{ isMobile: true, hasTouch: true, locale: 'en' },
};

/** How many times slower than this machine. */
export const SLOWER = 4;

/** Lighthouse's slow network: of a phone at the edge of a cell. */
export const SLOW: Pace = { roundTripMs: 150, kbitPerSecond: 1_638.4 };
/** What Lighthouse makes of it for a browser that delays requests and not packets: "throttling", its docs. */
const REQUEST_TRIPS = 3.75;
const SHARE = 0.9;
const UP_KBIT_S = 750;
const octetsPerSecond = (kbit: number): number => (kbit * SHARE * 1_000) / 8;

/** Makes a page's network slow; what it returns makes it as it was. */
export type SlowLink = (session: CDPSession) => Promise<() => void>;

/** Octets take their time. */
export const slowOctets =
	(wire: Wire): SlowLink =>
	() => {
		wire.pace = SLOW;
		return Promise.resolve(() => (wire.pace = undefined));
	};

/** Every request takes several trips, also on a connection that is there, as Lighthouse has it with the browser's own means. */
export const slowRequests: SlowLink = async (session) => {
	await session.send('Network.emulateNetworkConditions', {
		...{ offline: false, latency: SLOW.roundTripMs * REQUEST_TRIPS },
		downloadThroughput: octetsPerSecond(SLOW.kbitPerSecond),
		uploadThroughput: octetsPerSecond(UP_KBIT_S),
	});
	return () => undefined;
};

/** @param rate 1: as this machine is */
export async function slowProcessor(session: CDPSession, rate: number): Promise<void> {
	await session.send('Emulation.setCPUThrottlingRate', { rate });
}
