/** What any session with a meter is begun with: who we are, our clock put right, and, without keys, no counters. */
import { sha256 } from '@noble/hashes/sha2.js';
import { HOST_TIMER } from '#lib/browser/host-timer.ts';
import { asciiOctets } from '#lib/core/dlms/axdr/build.ts';
import type { MeterSecrets } from '#lib/core/dlms/profile/client-connection.ts';
import type { MeterProfile } from '#lib/core/dlms/profile/meter-profile.ts';
import { SYSTEM_TITLE_OCTETS } from '#lib/core/dlms/security/suite.ts';
import type { ClientHost, MeterClient } from '#lib/link/connect-order.ts';
import type { DurableCounters } from '#lib/link/durable-counters.ts';
import type { Timer } from '#lib/link/transport.ts';

/** One association's worth of what is needed. */
export interface AssociationOrder {
	readonly profile: MeterProfile;
	readonly secrets: MeterSecrets;
	readonly client: MeterClient;
	readonly host: ClientHost;
}

/** Three letters of no maker, before what is the device's own. */
const OURS = 'TKC';

/** Eight octets that are the same for all the life of this device, and of no other one. */
export function systemTitleOf(deviceId: string): Uint8Array {
	const title = new Uint8Array(SYSTEM_TITLE_OCTETS);
	const maker = asciiOctets(OURS);
	title.set(maker);
	title.set(sha256(asciiOctets(deviceId)).subarray(0, title.length - maker.length), maker.length);
	return title;
}

/** The host's clock, put right by what the backend's was when it was last heard. */
export function rightTimer(offsetMs: number): Timer {
	return {
		nowMs: () => HOST_TIMER.nowMs() + offsetMs,
		wakeAt: (atMs, callBack) => HOST_TIMER.wakeAt(atMs - offsetMs, callBack),
	};
}

/** For an association without keys: nothing is counted. */
export const NO_COUNTERS: DurableCounters = {
	port: { read: () => 0, write: () => undefined },
	safe: () => Promise.resolve(),
};

const random = (octets: number): Uint8Array => crypto.getRandomValues(new Uint8Array(octets));

/** An order for an association without a secret. @param profile one that needs none */
export function openOrder(
	profile: MeterProfile,
	deviceId: string,
	offsetMs: number,
): AssociationOrder {
	return {
		profile,
		secrets: {},
		client: { systemTitle: systemTitleOf(deviceId), sendSpace: 'public' },
		host: { timer: rightTimer(offsetMs), random, counters: NO_COUNTERS },
	};
}
