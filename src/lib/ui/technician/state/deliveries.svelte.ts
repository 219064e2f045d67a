/**
 * The tokens of the meter at the probe: what is to be handed over, what is on its way, what came of each. One
 * for the page; two tabs never work on one meter.
 *
 * Always holds: what is shown is what is stored; a run begins from the store, never from what a page remembers.
 */
import type { DeliveryRow } from '#lib/browser/store/technician-rows.ts';
import type { TechnicianStore } from '#lib/browser/store/technician.ts';
import { readDeliveries, writeDelivery } from '#lib/browser/store/technician-deliveries.ts';
import { holdMeter } from '#lib/browser/sync/meter-hold.ts';
import type { DeliveryWish } from '#lib/core/field/delivery/decide-delivery.ts';
import { type Choice, decideToken, goOn } from '#lib/core/field/delivery/person-decides.ts';
import type { StoredDeliveryRefusal } from '#lib/core/field/delivery/parse-delivery.ts';
import type { PlanRefusal } from '#lib/core/field/delivery/plan-delivery.ts';
import type { KeyRun, KeyRunRefusal, WantedKey } from '#lib/core/field/engineering/key-run.ts';
import {
	type FieldDelivery,
	isOnItsWay,
	isUnfinished,
} from '#lib/core/sync/proofs/field-delivery.ts';
import { type QueueLine, takeQueue } from '#lib/core/sync/proofs/queue.ts';
import type { Delivered } from '#lib/link/deliver-tokens.ts';
import { withoutSet } from '#lib/ui/technician/view/key-set.ts';
import {
	type AtMeter,
	readField,
	runDelivery,
	type RunPorts,
	type StoredField,
} from './delivery-run.ts';
import { beginSet, endSet, readKeyRun } from './key-runs.ts';

/** How the last run ended, or why there was none. */
export type DeliveryEnd =
	| Delivered
	| { readonly ended: 'other-tab' }
	| { readonly ended: 'not-planned'; readonly because: PlanRefusal }
	| { readonly ended: 'stored-damaged'; readonly because: StoredDeliveryRefusal }
	| { readonly ended: 'set-refused'; readonly because: KeyRunRefusal }
	| { readonly ended: 'line-gone' };

/** The world as the desk needs it; undefined ports: nobody's desk is open. */
export interface DeliveryWorld {
	readonly ports: () => RunPorts | undefined;
	readonly locks: Pick<LockManager, 'request'>;
	/** Says what a store did to something that was wanted. */
	readonly tell: (error: unknown) => void;
	/** The meter has been given something: what is shown of it may be no longer true. */
	readonly changed?: () => void;
}

export class DeliveryDesk {
	/** Whose tokens are shown. */
	drn = $state<string>();
	/** What is stored of them was looked up: before that nothing can be said of them, and nothing handed over. */
	isKnown = $state(false);
	/** The last look failed, which was told: only another one makes it known. */
	isUnread = $state(false);
	/** What is stored of it; undefined: nothing, or not looked yet. */
	stored = $state.raw<StoredField>();
	/** What is being done now; undefined: nothing. */
	doing = $state.raw<DeliveryWish | 'beginning' | 'reading-key'>();
	ended = $state.raw<DeliveryEnd>();
	/** The last key change of this meter. */
	keyRun = $state.raw<KeyRun>();
	/** Keyed in, or fetched from the office: not handed over yet. */
	added = $state.raw<readonly QueueLine[]>([]);
	/** Digits that a person took out of the queue. */
	skipped = $state.raw<readonly string[]>([]);
	/** The key that a fetched set brings. */
	wanted = $state.raw<WantedKey>();
	/** Every meter of which something is stored. */
	rows = $state.raw<readonly DeliveryRow[]>([]);
	readonly #world: DeliveryWorld;
	#stop: AbortController | undefined;

	constructor(world: DeliveryWorld) {
		this.#world = world;
	}

	get field(): FieldDelivery | undefined {
		return this.stored?.field;
	}

	get isRunning(): boolean {
		return this.doing !== undefined;
	}

	/** Looks what is stored of a meter. A second call for the same one only looks again. */
	async look(drn: string | undefined): Promise<void> {
		if (this.isRunning) return;
		if (this.drn !== drn) this.#turnTo(drn);
		this.isUnread = false;
		await this.#guarded(async ({ store }) => {
			try {
				await this.#read(store, drn);
			} catch (error) {
				if (this.drn === drn) this.isUnread = true;
				throw error;
			}
		});
	}

	/** A run that begins meanwhile knows better, and what is left of this look is then nothing. */
	async #read(store: TechnicianStore, drn: string | undefined): Promise<void> {
		this.rows = await readDeliveries(store);
		const read = drn === undefined ? undefined : await readField(store, drn);
		if (this.drn !== drn || this.isRunning) return;
		this.stored = read && 'field' in read ? read : undefined;
		if (read && 'refusal' in read) this.ended = { ended: 'stored-damaged', because: read.refusal };
		const keyRun = drn === undefined ? undefined : await readKeyRun({ store }, drn);
		if (this.drn !== drn) return;
		this.keyRun = keyRun;
		this.isKnown = true;
	}

	#turnTo(drn: string | undefined): void {
		this.drn = drn;
		this.isKnown = false;
		this.stored = undefined;
		this.ended = undefined;
		this.keyRun = undefined;
		this.wanted = undefined;
		this.added = [];
		this.skipped = [];
	}

	add(line: QueueLine): void {
		this.skipped = this.skipped.filter((digits) => digits !== line.digits);
		this.added = [...this.added.filter(({ digits }) => digits !== line.digits), line];
	}

	skip(digits: string): void {
		this.added = this.added.filter((line) => line.digits !== digits);
		this.skipped = [...this.skipped, digits];
	}

	/** Hands the queue over, after whatever is unfinished. @param packed the key that the pack wants of the meter */
	async deliver(at: AtMeter, queue: readonly QueueLine[], packed?: WantedKey): Promise<void> {
		await this.#run(at, this.wanted ?? packed, (field) =>
			takeQueue(field, at.drn, at.profile, queue),
		);
	}

	/** Goes on after a reload or a lost line, where a token is on its way: the meter is read first. */
	async resume(at: AtMeter): Promise<void> {
		if (this.field && isOnItsWay(this.field)) await this.deliver(at, []);
	}

	/** A person decides about the token that the machine does not decide about. */
	async choose(at: AtMeter, choice: Choice): Promise<void> {
		await this.#run(at, undefined, (field) =>
			changed(field, (delivery) =>
				delivery.tokens.some(({ state }) => state.phase === 'undecided')
					? decideToken(delivery, choice)
					: delivery,
			),
		);
	}

	/** Goes on after a stop. */
	async goOn(at: AtMeter): Promise<void> {
		await this.#run(at, this.wanted, (field) => changed(field, goOn));
	}

	/** Goes on without a key-change set that does not fit. */
	async leaveSetOut(at: AtMeter): Promise<void> {
		await this.#run(at, undefined, (field) => (field ? { field: withoutSet(field) } : EMPTY));
	}

	/** Ends a run between two steps; a token on the line is waited for. */
	stop(): void {
		this.#stop?.abort();
	}

	async #run(
		at: AtMeter,
		wanted: WantedKey | undefined,
		change: (field: FieldDelivery | undefined) => { readonly field: FieldDelivery } | PlanRefusal,
	): Promise<void> {
		if (this.isRunning || this.drn !== at.drn) return;
		this.doing = 'beginning';
		this.ended = undefined;
		this.#stop = new AbortController();
		let letGo: (() => void) | undefined;
		try {
			letGo = await holdMeter(this.#world.locks, at.drn);
			if (letGo) await this.#guarded((ports) => this.#held(at, ports, wanted, change));
			else this.ended = { ended: 'other-tab' };
		} finally {
			this.#stop = undefined;
			this.doing = undefined;
			if (letGo) {
				letGo();
				this.#world.changed?.();
			}
		}
		// It began while this was looked up, and cut that short.
		if (!this.isKnown) await this.look(this.drn);
	}

	/** A run while no other tab can begin one. */
	async #held(
		at: AtMeter,
		ports: RunPorts,
		wanted: WantedKey | undefined,
		change: (field: FieldDelivery | undefined) => { readonly field: FieldDelivery } | PlanRefusal,
	): Promise<void> {
		const read = await readField(ports.store, at.drn);
		if (read && 'refusal' in read) {
			this.ended = { ended: 'stored-damaged', because: read.refusal };
			return;
		}
		const planned = change(read?.field);
		if ('refused' in planned) {
			this.ended = { ended: 'not-planned', because: planned };
			return;
		}
		const from = await this.#keep(ports, at.drn, read, planned.field);
		this.added = [];
		if (!(await this.#beginSet(at, ports, from.field, wanted))) return;
		const { signal } = this.#stop as AbortController;
		const end = await runDelivery(at, ports, {
			from,
			signal,
			tell: (stored, wish) => {
				this.stored = stored;
				if (wish) this.doing = wish;
			},
		});
		this.stored = end.stored;
		this.ended = end.ended;
		if (end.fault !== undefined) throw end.fault;
		this.doing = 'reading-key';
		this.keyRun = (await endSet(at, ports, end.stored.field)) ?? this.keyRun;
	}

	/** Whether the tokens may go in. */
	async #beginSet(
		at: AtMeter,
		ports: RunPorts,
		field: FieldDelivery,
		wanted: WantedKey | undefined,
	): Promise<boolean> {
		const begun = await beginSet(at, ports, field, wanted);
		if (begun === 'interrupted') this.ended = { ended: 'line-gone' };
		else if ('refusal' in begun) this.ended = { ended: 'set-refused', because: begun.refusal };
		else {
			if (begun.run) this.keyRun = begun.run;
			return true;
		}
		return false;
	}

	/** Stores what a person has decided, before anything follows from it. */
	async #keep(
		{ store, timer }: RunPorts,
		drn: string,
		read: StoredField | undefined,
		field: FieldDelivery,
	): Promise<StoredField> {
		if (read?.field === field) return (this.stored = read);
		const change = { drn, revision: read?.revision ?? 0, snapshot: JSON.stringify(field) };
		const revision = await writeDelivery(store, change, timer.nowMs());
		return (this.stored = { field, revision });
	}

	async #guarded(work: (ports: RunPorts) => Promise<void>): Promise<void> {
		const ports = this.#world.ports();
		if (!ports) return;
		try {
			await work(ports);
		} catch (error) {
			this.#world.tell(error);
		}
	}
}

const EMPTY: PlanRefusal = { refused: 'empty' };

function changed(
	field: FieldDelivery | undefined,
	change: (delivery: FieldDelivery['delivery']) => FieldDelivery['delivery'],
): { readonly field: FieldDelivery } | PlanRefusal {
	return field && isUnfinished(field)
		? { field: { ...field, delivery: change(field.delivery) } }
		: EMPTY;
}
