/** What a technician's session with a meter is begun with: counters, and the loan of secrets. */
import type { FieldDesk } from '#lib/browser/sync/field-desk.ts';
import type { Loan } from '#lib/browser/vault/strongbox.ts';
import type { MeterSecrets } from '#lib/core/dlms/profile/client-connection.ts';
import type { MeterProfile } from '#lib/core/dlms/profile/meter-profile.ts';
import { type AssociationOrder, NO_COUNTERS, openOrder } from '#lib/ui/probe/open-order.ts';
import { type MeterInHand, type MeterRights, publicProfile, testSecrets } from './rights.ts';

/** One association's worth of what is needed. */
export interface SessionOrder extends AssociationOrder {
	/** Aborted when the secrets are called back. */
	readonly recalled: AbortSignal | undefined;
	/** Gives secrets back and keeps counters. Never rejects. */
	readonly settle: () => Promise<void>;
}

/** An order for the open association. */
export function publicOrder(desk: FieldDesk, profile: MeterProfile): SessionOrder {
	return {
		...openOrder(publicProfile(profile), desk.keys().id, desk.clock.offsetMs ?? 0),
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
