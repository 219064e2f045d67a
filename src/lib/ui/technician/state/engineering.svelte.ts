/**
 * What a technician does to a meter beside its tokens: clock and relay at once, tokens of the office by asking.
 * Each deed ends with what the meter says, written down; what is asked of the office is its own record there.
 */
import type { ApiOutcome } from '#lib/browser/api/call.ts';
import type { EngineeringApi } from '#lib/browser/api/engineering.ts';
import { holdMeter } from '#lib/browser/sync/meter-hold.ts';
import type { Obis } from '#lib/core/dlms/cosem/obis.ts';
import type { Deed } from '#lib/core/field/engineering/deeds.ts';
import type { RelayWish } from '#lib/core/field/engineering/switch-relay.ts';
import type { OurTime } from '#lib/core/field/glance/clock.ts';
import { clockProof, relayProof } from '#lib/core/sync/proofs/engineering.ts';
import { linesOfVend, type QueueLine } from '#lib/core/sync/proofs/queue.ts';
import type { ApprovalAnswer, EngineeringWish } from '#lib/core/sync/wire-approvals.ts';
import type { Problem, VendAnswer } from '#lib/core/sync/wire.ts';
import { type ClockOutcome, setClock } from '#lib/link/set-clock.ts';
import { type RelayOutcome, switchRelay } from '#lib/link/switch-relay.ts';
import type { Timer } from '#lib/link/transport.ts';
import { wantedKeyOf } from '#lib/ui/technician/view/key-set.ts';
import type { WantedKey } from '#lib/core/field/engineering/key-run.ts';
import type { AtMeter, RunPorts } from './delivery-run.ts';

/** What came of asking the office. */
export type Asked =
	| { readonly kind: 'asked' }
	/** Its tokens are in the list. */
	| { readonly kind: 'fetched' }
	| { readonly kind: 'issuing' }
	| { readonly kind: 'not-made'; readonly code: string }
	| { readonly kind: 'problem'; readonly problem: Problem }
	| { readonly kind: 'no-answer' };

/** The world as engineering needs it. */
export interface EngineeringWorld {
	readonly ports: () => RunPorts | undefined;
	readonly api: EngineeringApi;
	readonly locks: Pick<LockManager, 'request'>;
	readonly newId: () => string;
	readonly tell: (error: unknown) => void;
	/** Takes tokens that were fetched into the list of their meter, with the key a set of them brings. */
	readonly take: (lines: readonly QueueLine[], wanted: WantedKey | undefined) => void;
}

export class EngineeringDesk {
	doing = $state.raw<Deed>();
	/** What the last deed of each kind came to, at the meter that is shown. */
	clock = $state.raw<ClockOutcome>();
	relay = $state.raw<RelayOutcome & { wish: RelayWish }>();
	otherTab = $state(false);
	/** Wishes for the meter that is shown, the newest first; undefined: not heard yet. */
	proposals = $state.raw<readonly ApprovalAnswer[]>();
	asking = $state(false);
	asked = $state.raw<Asked>();
	#drn: string | undefined;
	readonly #world: EngineeringWorld;

	constructor(world: EngineeringWorld) {
		this.#world = world;
	}

	/** Another meter: what was said of the last one is not of this one. */
	turnTo(drn: string | undefined): void {
		if (this.#drn === drn) return;
		this.#drn = drn;
		this.clock = undefined;
		this.relay = undefined;
		this.proposals = undefined;
		this.asked = undefined;
		this.otherTab = false;
	}

	/** @param timer our time, put right */
	async setClock(
		at: AtMeter,
		reason: string,
		{ logicalName, timer, ours }: { logicalName: Obis; timer: Timer; ours: OurTime },
	): Promise<void> {
		await this.#atMeter('set-clock', at, async ({ desk }) => {
			const outcome = await setClock(at.connected.conversation, { logicalName, timer, ours });
			this.clock = outcome;
			if (!('verdict' in outcome)) return;
			const content = clockProof(at.probe, timer.nowMs(), outcome, reason);
			await desk.writeDown({ kind: 'clock-set', content, jobId: at.jobId, drn: at.drn });
		});
	}

	async switchRelay(
		at: AtMeter,
		wish: RelayWish,
		reason: string,
		{ logicalName, outOfCredit }: { logicalName: Obis; outOfCredit: boolean | undefined },
	): Promise<void> {
		await this.#atMeter(wish, at, async ({ desk }) => {
			const outcome = await switchRelay(at.connected.conversation, {
				...{ logicalName, wish },
				...(outOfCredit !== undefined && { outOfCredit }),
			});
			this.relay = { ...outcome, wish };
			if (!('verdict' in outcome)) return;
			const content = relayProof(at.probe, wish, outcome, reason);
			await desk.writeDown({ kind: 'relay-switched', content, jobId: at.jobId, drn: at.drn });
		});
	}

	/** One deed at a time, in one tab. */
	async #atMeter(deed: Deed, at: AtMeter, work: (ports: RunPorts) => Promise<void>): Promise<void> {
		const ports = this.#world.ports();
		if (this.doing || !ports) return;
		this.doing = deed;
		let letGo: (() => void) | undefined;
		try {
			letGo = await holdMeter(this.#world.locks, at.drn);
			this.otherTab = letGo === undefined;
			if (letGo) await work(ports);
		} catch (error) {
			this.#world.tell(error);
		} finally {
			letGo?.();
			this.doing = undefined;
		}
	}

	/** Asks the office for a token of engineering; a second person decides. */
	async propose(drn: string, wish: EngineeringWish, reason: string): Promise<void> {
		await this.#ask(async () => {
			const request = { reason, wish: { kind: 'engineering', drn, wish } } as const;
			const answer = await this.#world.api.propose(this.#world.newId(), request);
			if (answer.kind !== 'answer') return refusedBy(answer);
			this.proposals = [answer.answer, ...(this.proposals ?? [])];
			return { kind: 'asked' };
		});
	}

	/** Looks what became of the wishes for a meter. */
	async look(drn: string): Promise<void> {
		await this.#ask(async () => {
			const answer = await this.#world.api.listProposals();
			if (answer.kind !== 'answer') return refusedBy(answer);
			// Another meter is shown since: these are not its wishes.
			if (this.#drn !== drn) return undefined;
			this.proposals = answer.answer.approvals.filter(
				({ wish }) => wish.kind === 'engineering' && wish.drn === drn,
			);
			return undefined;
		});
	}

	/** Fetches the token of a wish that was agreed to. */
	async fetch(proposalId: string): Promise<void> {
		await this.#ask(async () => this.#take(await this.#world.api.readVend(proposalId)));
	}

	/** Asks for the key-change set that brings the meter to where the books have it. */
	async askKeyChange(drn: string, requestedAtMs: number, ea: number): Promise<void> {
		await this.#ask(async () => {
			const request = { kind: 'key-change', drn, requestedAtMs } as const;
			return this.#take(await this.#world.api.askKeyChange(this.#world.newId(), request), ea);
		});
	}

	#take(outcome: ApiOutcome<VendAnswer>, ea = 7): Asked {
		if (outcome.kind !== 'answer') return refusedBy(outcome);
		const vend = outcome.answer;
		if (vend.state === 'refused') return { kind: 'not-made', code: vend.code };
		if (vend.state === 'reversed') return { kind: 'not-made', code: 'reversed' };
		if (vend.state !== 'issued') return { kind: 'issuing' };
		const { keyChange, issuedAtMs } = vend.receipt;
		const wanted = keyChange && wantedKeyOf(keyChange.to, ea);
		this.#world.take(linesOfVend(vend.id, issuedAtMs, vend.tokens), wanted);
		return { kind: 'fetched' };
	}

	async #ask(ask: () => Promise<Asked | undefined>): Promise<void> {
		if (this.asking) return;
		this.asking = true;
		this.asked = undefined;
		try {
			this.asked = await ask();
		} finally {
			this.asking = false;
		}
	}
}

const refusedBy = (outcome: Exclude<ApiOutcome<unknown>, { kind: 'answer' }>): Asked =>
	outcome.kind === 'problem'
		? { kind: 'problem', problem: outcome.problem }
		: { kind: 'no-answer' };
