/** What a session with a meter is begun with: who we are, our clock put right, counters, the loan of secrets. */
import type { FieldDesk } from '#lib/browser/sync/field-desk.ts';
import type { Loan } from '#lib/browser/vault/strongbox.ts';
import { HOST_TIMER } from '#lib/browser/host-timer.ts';
import { sha256 } from '@noble/hashes/sha2.js';
import { asciiOctets } from '#lib/core/dlms/axdr/build.ts';
import type { MeterSecrets } from '#lib/core/dlms/profile/client-connection.ts';
import type { MeterProfile } from '#lib/core/dlms/profile/meter-profile.ts';
import { SYSTEM_TITLE_OCTETS } from '#lib/core/dlms/security/suite.ts';
import type { ClientHost, MeterClient } from '#lib/link/connect-order.ts';
import type { DurableCounters } from '#lib/link/durable-counters.ts';
import type { Timer } from '#lib/link/transport.ts';
import { type MeterInHand, type MeterRights, publicProfile, testSecrets } from './rights.ts';

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
const NO_COUNTERS: DurableCounters = {
	port: { read: () => 0, write: () => undefined },
	safe: () => Promise.resolve(),
};

/** One association's worth of what is needed. */
export interface SessionOrder {
	readonly profile: MeterProfile;
	readonly secrets: MeterSecrets;
	readonly client: MeterClient;
	readonly host: ClientHost;
	/** Aborted when the secrets are called back. */
	readonly recalled: AbortSignal | undefined;
	/** Gives secrets back and keeps counters. Never rejects. */
	readonly settle: () => Promise<void>;
}

const random = (octets: number): Uint8Array => crypto.getRandomValues(new Uint8Array(octets));

/** An order for the open association. */
export function publicOrder(desk: FieldDesk, profile: MeterProfile): SessionOrder {
	return {
		profile: publicProfile(profile),
		secrets: {},
		client: { systemTitle: systemTitleOf(desk.keys().id), sendSpace: 'public' },
		host: { timer: rightTimer(desk.clock.offsetMs ?? 0), random, counters: NO_COUNTERS },
		recalled: undefined,
		settle: () => Promise.resolve(),
	};
}

/**
 * An order with secrets; undefined where they are not to be had any more: the pack has expired, or the vault
 * was locked.
 * @throws {StoreFault} the counters cannot be kept
 */
export async function ownOrder(
	desk: FieldDesk,
	profile: MeterProfile,
	rights: Exclude<MeterRights, { kind: 'public' }>,
	drn: string,
	inHand: MeterInHand | undefined,
): Promise<SessionOrder | undefined> {
	const loan: Loan<MeterSecrets> | undefined =
		rights.kind === 'own' && inHand
			? desk.packs.lendSecrets(rights.packId, inHand.meter.drn)
			: undefined;
	const secrets = rights.kind === 'test-keys' ? testSecrets(profile) : loan?.secrets;
	if (!secrets) return undefined;
	try {
		return await withCounters(desk, profile, secrets, drn, loan);
	} catch (error) {
		loan?.giveBack();
		throw error;
	}
}

async function withCounters(
	desk: FieldDesk,
	profile: MeterProfile,
	secrets: MeterSecrets,
	drn: string,
	loan: Loan<MeterSecrets> | undefined,
): Promise<SessionOrder> {
	const kept = secrets.keys && (await desk.counters(drn, secrets.keys.unicast));
	const { client, host } = publicOrder(desk, profile);
	return {
		profile,
		secrets,
		client: kept
			? { ...client, sendSpace: kept.sendSpace, receiveSpace: kept.receiveSpace }
			: client,
		host: { ...host, counters: kept?.counters ?? NO_COUNTERS },
		recalled: loan?.recalled,
		settle: async () => {
			loan?.giveBack();
			// What a crash would lose too: an old answer of the last frames may then look new.
			await kept?.counters.keep().catch(() => undefined);
		},
	};
}
