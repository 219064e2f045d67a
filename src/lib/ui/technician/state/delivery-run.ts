/**
 * One run of a meter's delivery: the machine's driver between the store and the journal.
 *
 * Always holds: a state is stored before what follows from it goes out; a verdict stands in the journal and in
 * the store at the same time, or in neither.
 */
import { readDelivery, writeDelivery } from '#lib/browser/store/technician-deliveries.ts';
import type { TechnicianStore } from '#lib/browser/store/technician.ts';
import type { FieldDesk } from '#lib/browser/sync/field-desk.ts';
import type { Obis } from '#lib/core/dlms/cosem/obis.ts';
import type { MeterProfile } from '#lib/core/dlms/profile/meter-profile.ts';
import type { DeliveryWish } from '#lib/core/field/delivery/decide-delivery.ts';
import type { Delivery } from '#lib/core/field/delivery/delivery.ts';
import type { StoredDeliveryRefusal } from '#lib/core/field/delivery/parse-delivery.ts';
import type { MeterCurrency } from '#lib/core/field/glance/payment.ts';
import type { ProbeAsMet } from '#lib/core/sync/field-deeds.ts';
import { type MomentRead, NO_MOMENT } from '#lib/core/sync/proofs/as-read.ts';
import {
	dueProofs,
	type FieldDelivery,
	parseFieldDelivery,
	verdictOf,
	withDelivery,
	withProof,
} from '#lib/core/sync/proofs/field-delivery.ts';
import { tokenProof } from '#lib/core/sync/proofs/token-delivery.ts';
import type { Connected } from '#lib/link/connect-order.ts';
import { type Delivered, deliverTokens } from '#lib/link/deliver-tokens.ts';
import type { Timer } from '#lib/link/transport.ts';
import { readMoment } from './read-moment.ts';

/** A session with a meter, as work at it needs it. */
export interface AtMeter {
	/** Eleven or thirteen digits. */
	readonly drn: string;
	readonly jobId: string | null;
	readonly connected: Pick<Connected, 'conversation' | 'digest'>;
	readonly profile: MeterProfile;
	readonly probe: ProbeAsMet;
	/** Of the account, once it is read. */
	readonly currency: () => Pick<MeterCurrency, 'name' | 'scaler'> | undefined;
	/** The STS object (class 116), where the meter has named it. */
	readonly sts?: Obis | undefined;
}

/** Where a run keeps what it knows. */
export interface RunPorts {
	readonly store: TechnicianStore;
	readonly desk: Pick<FieldDesk, 'writeDown'>;
	readonly timer: Timer;
}

/** What is stored of a meter's tokens. */
export interface StoredField {
	readonly field: FieldDelivery;
	readonly revision: number;
}

/** Undefined: nothing is. @throws {StoreFault} */
export async function readField(
	store: TechnicianStore,
	drn: string,
): Promise<
	StoredField | { readonly refusal: StoredDeliveryRefusal; readonly revision: number } | undefined
> {
	const row = await readDelivery(store, drn);
	if (!row) return undefined;
	const { revision } = row;
	const field = parseFieldDelivery(row.snapshot);
	return 'refused' in field ? { refusal: field, revision } : { field, revision };
}

export interface RunEnd {
	readonly ended: Delivered;
	readonly stored: StoredField;
	/** What the store did, where it kept the run from going on. */
	readonly fault?: unknown;
}

export interface RunOrder {
	readonly from: StoredField;
	readonly tell: (stored: StoredField, wish?: DeliveryWish) => void;
	readonly signal?: AbortSignal;
}

/** Goes on with a delivery that is stored, until it is done or something or somebody else is needed. */
export async function runDelivery(
	at: AtMeter,
	ports: RunPorts,
	{ from, tell, signal }: RunOrder,
): Promise<RunEnd> {
	const keeper = new RunKeeper(at, ports, from, tell);
	await keeper.look();
	const ended = await deliverTokens({
		delivery: from.field.delivery,
		conversation: at.connected.conversation,
		meter: at.drn,
		timer: ports.timer,
		keep: (delivery) => keeper.keep(delivery),
		progress: (_, wish) => tell(keeper.stored, wish),
		...(signal && { signal }),
	});
	if (ended.ended !== 'other-meter') await keeper.end();
	const { stored, fault } = keeper;
	return fault === undefined ? { ended, stored } : { ended, stored, fault };
}

class RunKeeper {
	stored: StoredField;
	fault: unknown;
	readonly #at: AtMeter;
	readonly #ports: RunPorts;
	readonly #tell: RunOrder['tell'];
	/** Clock and relay, last read. */
	#moment: MomentRead = NO_MOMENT;

	constructor(at: AtMeter, ports: RunPorts, from: StoredField, tell: RunOrder['tell']) {
		this.#at = at;
		this.#ports = ports;
		this.stored = from;
		this.#tell = tell;
	}

	/** Reads what a verdict is compared with. */
	async look(): Promise<MomentRead> {
		return (this.#moment = await readMoment(this.#at.connected.conversation));
	}

	/** @throws whatever the store does: nothing more goes out then */
	async keep(delivery: Delivery): Promise<void> {
		await this.#guarded(async () => {
			const { store, timer } = this.#ports;
			const { revision } = this.stored;
			const field = withDelivery(this.stored.field, delivery);
			const change = { drn: this.#at.drn, revision, snapshot: JSON.stringify(field) };
			this.stored = { field, revision: await writeDelivery(store, change, timer.nowMs()) };
			this.#tell(this.stored);
			await this.#prove(false);
		});
	}

	/** Nobody is at the meter any more; what the store does about it is told by `fault`. */
	async end(): Promise<void> {
		if (this.fault !== undefined) return;
		await this.#guarded(() => this.#prove(true)).catch(() => undefined);
	}

	async #prove(over: boolean): Promise<void> {
		const due = dueProofs(this.stored.field, over);
		if (due.length === 0) return;
		const before = this.#moment;
		const after = await this.look();
		for (const place of due) await this.#proveOne(place, over, { before, after });
	}

	async #proveOne(
		place: number,
		over: boolean,
		moments: { readonly before: MomentRead; readonly after: MomentRead },
	): Promise<void> {
		const { field, revision } = this.stored;
		const { drn, jobId, probe, connected, profile, currency } = this.#at;
		const [token, known] = [field.delivery.tokens[place], field.known[place]];
		const verdict = token && verdictOf(token, over);
		if (!token || !known || !verdict) return;
		const content = tokenProof(token, known, place, verdict, {
			...{ probe, statusBits: profile.tokenStatusBits, ...moments, currency: currency() },
			framesDigest: connected.digest().sha256,
		});
		const proven = withProof(field, place, verdict);
		await this.#ports.desk.writeDown(
			{ kind: 'token-delivery', content, jobId, drn },
			{ delivery: { drn, revision, snapshot: JSON.stringify(proven) } },
		);
		this.stored = { field: proven, revision: revision + 1 };
		this.#tell(this.stored);
	}

	async #guarded(work: () => Promise<void>): Promise<void> {
		try {
			await work();
		} catch (error) {
			this.fault = error;
			throw error;
		}
	}
}
