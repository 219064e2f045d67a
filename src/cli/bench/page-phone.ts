/** A cheap phone on a slow network, as Lighthouse takes it: the browser makes both of this machine. */
import type { BrowserContextOptions, CDPSession } from 'playwright-core';

export const PHONE: BrowserContextOptions = {
	...{ viewport: { width: 360, height: 740 }, deviceScaleFactor: 2 },
	...{ isMobile: true, hasTouch: true, locale: 'en' },
};

/** How many times slower than this machine. */
export const SLOWER = 4;

export const ROUND_TRIP_MS = 150;
export const LINK_KBIT_S = 1_638.4;
/** What Lighthouse makes of them for a browser that delays requests and not packets: "throttling", its docs. */
const REQUEST_TRIPS = 3.75;
const SHARE = 0.9;
const UP_KBIT_S = 750;
const octetsPerSecond = (kbit: number): number => (kbit * SHARE * 1_000) / 8;

export async function slowLink(session: CDPSession): Promise<void> {
	await session.send('Network.enable');
	await session.send('Network.emulateNetworkConditions', {
		...{ offline: false, latency: ROUND_TRIP_MS * REQUEST_TRIPS },
		downloadThroughput: octetsPerSecond(LINK_KBIT_S),
		uploadThroughput: octetsPerSecond(UP_KBIT_S),
	});
}

/** @param rate 1: as this machine is */
export async function slowProcessor(session: CDPSession, rate: number): Promise<void> {
	await session.send('Emulation.setCPUThrottlingRate', { rate });
}
