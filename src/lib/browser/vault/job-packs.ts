/**
 * The job packs of an open vault, in use: what a screen may show lies open, secrets lie in a strongbox and are
 * lent to one conversation at a time. Locked, nothing of it is left but what a browser keeps of texts.
 */
import type { MeterSecrets } from '#lib/core/dlms/profile/client-connection.ts';
import type { UnsealRefusal } from '#lib/core/field/keeping.ts';
import type { AssociationSecrets } from '#lib/core/sync/wire-associations.ts';
import type { JobPack } from '#lib/core/sync/wire-packs.ts';
import { parseHex } from '#lib/core/bytes/hex.ts';
import { readPack } from './pack-seal.ts';
import type { Loan, Strongbox } from './strongbox.ts';
import type { Vault } from './vault.ts';

/** Of the sealed form, a `JobPack` as JSON. */
export const PACK_VERSION = 1;
const PREFIX = 'pack/';

/** What a pack's record is called. */
export const packRecord = (packId: string): string => PREFIX + packId;

/** Whose pack a record is; undefined: it is no pack. */
export function packIdOf(record: string): string | undefined {
	return record.startsWith(PREFIX) ? record.slice(PREFIX.length) : undefined;
}

type Meter = JobPack['meters'][number];
type Association = NonNullable<Meter['association']>;

/** A meter of a pack without its secrets. */
export interface PackedMeter extends Omit<Meter, 'association'> {
	readonly association: Omit<Association, 'secrets'> | null;
}

/** A pack without secrets: for screens, and for deciding what is to be done. */
export interface PackInHand extends Omit<JobPack, 'meters'> {
	readonly meters: readonly PackedMeter[];
}

/** A pack that is sealed here and cannot be used. */
export interface ClosedPack {
	readonly packId: string;
	readonly refused: UnsealRefusal;
}

export interface PacksInHand {
	/** The newest first. */
	readonly packs: readonly PackInHand[];
	readonly closed: readonly ClosedPack[];
}

export class JobPacks {
	readonly #vault: Vault;
	readonly #box: Strongbox<MeterSecrets>;

	constructor(vault: Vault, box: Strongbox<MeterSecrets>) {
		this.#vault = vault;
		this.#box = box;
		vault.guard(box);
	}

	/** Opens every pack that is sealed here; what has expired is destroyed on the way. @throws {StoreFault} */
	async open(): Promise<PacksInHand> {
		const packs: PackInHand[] = [];
		const closed: ClosedPack[] = [];
		for (const { name } of await this.#vault.labels()) {
			const packId = packIdOf(name);
			if (packId === undefined) continue;
			const pack = await this.#openOne(packId);
			if ('refused' in pack) closed.push(pack);
			else packs.push(pack);
		}
		packs.sort((one, other) => other.issuedAtMs - one.issuedAtMs);
		return { packs, closed };
	}

	/**
	 * The secrets of one meter, on loan. Undefined: the pack was not opened, has expired, the vault was locked, or
	 * the office has set nothing for this meter.
	 */
	lendSecrets(packId: string, drn: string): Loan<MeterSecrets> | undefined {
		return this.#box.lend(boxName(packId, drn));
	}

	/** Whether somebody has secrets of a pack on loan. */
	inUse(packId: string): boolean {
		return this.#box.lent().some((name) => name.startsWith(boxName(packId, '')));
	}

	/** Destroys a pack. Answers whether there was one. @throws {StoreFault} */
	async close(packId: string, why: 'closed' | 'replaced' | 'signed-out'): Promise<boolean> {
		for (const name of this.#box.names())
			if (name.startsWith(boxName(packId, ''))) this.#box.drop(name);
		return this.#vault.forget(packRecord(packId), why);
	}

	async #openOne(packId: string): Promise<PackInHand | ClosedPack> {
		const unsealed = await this.#vault.unseal(packRecord(packId));
		if ('refused' in unsealed) return { packId, refused: unsealed.refused };
		const { version, octets } = unsealed;
		const pack = version === PACK_VERSION ? readPack(octets) : undefined;
		octets.fill(0);
		if (!pack) return { packId, refused: version > PACK_VERSION ? 'newer-version' : 'damaged' };
		// Locked while it was being opened: nothing may lie in the box any more.
		if (!this.#vault.isOpen()) return { packId, refused: 'locked' };
		return { ...pack, meters: pack.meters.map((meter) => this.#putAway(pack, meter)) };
	}

	#putAway({ packId, validUntilMs }: JobPack, { association, ...meter }: Meter): PackedMeter {
		if (!association) return { ...meter, association };
		const { generation, profile, secrets } = association;
		const { taken, octets } = takeSecrets(secrets);
		this.#box.keep(boxName(packId, meter.drn), taken, octets, validUntilMs);
		return { ...meter, association: { generation, profile } };
	}
}

const boxName = (packId: string, drn: string) => `${packId}/${drn}`;

/** What a client needs as octets, and all of those to overwrite one day. */
function takeSecrets({ unicastKeyHex, authenticationKeyHex, secretHex }: AssociationSecrets): {
	taken: MeterSecrets;
	octets: readonly Uint8Array[];
} {
	const [unicast, authentication, secret] = [unicastKeyHex, authenticationKeyHex, secretHex].map(
		(hex) => (hex === undefined ? undefined : parseHex(hex)),
	);
	const taken: MeterSecrets = {
		...(unicast && authentication && { keys: { unicast, authentication } }),
		...(secret && { secret }),
	};
	const octets = [unicast, authentication, secret].filter((each) => each !== undefined);
	return { taken, octets };
}
