/**
 * The bench of the page: what was chosen, the run on its way, what it came to. It outlives the screen, so that
 * a look elsewhere does not leave a meter with another key.
 */
import { api } from '#lib/browser/api/api.ts';
import { formatHex } from '#lib/core/bytes/hex.ts';
import { HOST_TIMER } from '#lib/browser/host-timer.ts';
import type { BenchTarget } from '#lib/core/field/gateway-bench/bench.ts';
import type { BenchRun, CaseResult } from '#lib/core/field/gateway-bench/bench-run.ts';
import type { CaseId } from '#lib/core/field/gateway-bench/cases.ts';
import type { TestKey } from '#lib/core/field/gateway-bench/test-key.ts';
import {
	type BenchChoice,
	changesOf,
	type KnownOfMeter,
	planRun,
} from '#lib/core/field/gateway-bench/plan-run.ts';
import { type BenchReport, reportOf } from '#lib/core/field/gateway-bench/report.ts';
import type { HandRequest } from '#lib/core/field/gateway-bench/terms.ts';
import { systemTitleOf } from '#lib/core/meter/cosem/identity-objects.ts';
import type { PlantName } from '#lib/core/meter/plants.ts';
import type { Ea } from '#lib/core/sts/algorithms.ts';
import { makeBenchMeter } from '#lib/link/bench-virtual-meter.ts';
import { benchConnector, type BenchWay } from '#lib/link/bench-connector.ts';
import { type BenchOrder, type BenchProgress, runBench } from '#lib/link/run-bench.ts';
import { VIRTUAL_PROFILE } from '#lib/ui/technician/meter/known-profiles.ts';
import { ownOrder } from '#lib/ui/technician/meter/session-order.ts';
import { technicianDesk } from '#lib/ui/technician/state/desk.svelte.ts';
import { meterDesk } from '#lib/ui/technician/state/meter.svelte.ts';
import { benchDeed, type BenchProbe } from './deed.ts';
import { type Papers, testKeyOf } from './papers.ts';

export type BenchPhase = 'choose' | 'confirm' | 'running' | 'done' | 'broken';

const random = (octets: number): Uint8Array => crypto.getRandomValues(new Uint8Array(octets));

class BenchDesk {
	phase = $state<BenchPhase>('choose');
	target = $state<'connected' | 'made'>('made');
	ea = $state<Ea>(7);
	plants = $state.raw<readonly PlantName[]>([]);
	kind = $state<BenchChoice['kind']>('whole');
	ids = $state.raw<readonly CaseId[]>([]);
	claims = $state.raw({ lockout: true, keyExpiry: true });
	papers = $state.raw<Papers>();
	progress = $state.raw<BenchProgress>();
	/** The case on its way or done last, and of how many. */
	lastCase = $state.raw({ number: 0, of: 1 });
	/** The secrets of the meter were not to be had when the run was to begin. */
	secretsGone = $state(false);
	results = $state.raw<readonly CaseResult[]>([]);
	run = $state.raw<BenchRun>();
	report = $state.raw<BenchReport>();
	/** Whether the report stands in the journal; undefined until that is known. */
	written = $state<boolean>();
	/** What a person is asked to do. */
	request = $state.raw<HandRequest>();
	callingOff = $state(false);
	/** Of the run: the meter's number and name, by which port, by whom. */
	about = $state.raw<Parameters<typeof reportOf>[1]>();
	#stop: AbortController | undefined;
	#answer: ((done: boolean) => void) | undefined;

	get choice(): BenchChoice {
		return this.kind === 'chosen' ? { kind: 'chosen', ids: this.ids } : { kind: this.kind };
	}

	/** Whether the connected meter lets itself be tested: tokens need an association of its own. */
	get connectedFits(): boolean {
		const { connected, drn, rights } = meterDesk;
		return connected !== undefined && drn !== undefined && rights?.kind !== 'public';
	}

	/** The cases of the run as chosen. */
	readonly plan = $derived(planRun(this.choice, this.#known));
	readonly changes = $derived(changesOf(this.plan));

	get #known(): KnownOfMeter {
		if (this.target === 'made') {
			const testKey = someKey(this.ea);
			const claims = { lockout: true, keyExpiry: true };
			return { profile: VIRTUAL_PROFILE, testKey, claims, expectedTitle: '', hand: true };
		}
		const { profile = VIRTUAL_PROFILE, drn, rights } = meterDesk;
		return {
			...{ profile, claims: this.claims, hand: true },
			...(this.papers?.kind === 'test' && { testKey: this.papers.key }),
			// Nobody tells the title of a real meter beforehand; a virtual one's follows from its number.
			...(drn !== undefined &&
				rights?.kind === 'test-keys' && {
					expectedTitle: formatHex(systemTitleOf({ drn, plants: [] })),
				}),
		};
	}

	/** Looks up whether the connected meter is of the public-test estate. */
	async lookUpPapers(): Promise<void> {
		const { drn } = meterDesk;
		if (drn === undefined) return void (this.papers = undefined);
		this.papers = { kind: 'looking' };
		const outcome = await api.provisionVirtualMeter(drn);
		const key = outcome.kind === 'answer' ? testKeyOf(outcome.answer) : undefined;
		if (key) this.papers = { kind: 'test', key };
		else this.papers = { kind: outcome.kind === 'unknown' ? 'no-answer' : 'none' };
	}

	togglePlant(name: PlantName): void {
		this.plants = this.plants.includes(name)
			? this.plants.filter((each) => each !== name)
			: [...this.plants, name];
	}

	toggleCase(id: CaseId): void {
		this.ids = this.ids.includes(id) ? this.ids.filter((each) => each !== id) : [...this.ids, id];
	}

	/** Begins; a second time while one is on its way does nothing. */
	async start(): Promise<void> {
		if (this.phase === 'running') return;
		this.phase = 'running';
		this.#forgetRun();
		this.#stop = new AbortController();
		try {
			await (this.target === 'made' ? this.#runMade() : this.#runConnected());
		} catch (error) {
			this.phase = 'broken';
			technicianDesk.tell(error);
		} finally {
			this.request = undefined;
			this.callingOff = false;
			if (this.phase === 'running') this.phase = 'choose';
		}
	}

	/** Calls the run off: the meter is brought back first. */
	callOff(): void {
		this.callingOff = true;
		this.#stop?.abort();
		this.answer(false);
	}

	/** A person has done what was asked, or leaves it. */
	answer(done: boolean): void {
		this.#answer?.(done);
		this.#answer = undefined;
		this.request = undefined;
	}

	again(): void {
		this.phase = 'choose';
		this.#forgetRun();
	}

	#hear(progress: BenchProgress): void {
		this.progress = progress;
		if (progress.at === 'case') this.lastCase = { number: progress.number, of: progress.of };
	}

	#forgetRun(): void {
		this.progress = undefined;
		this.lastCase = { number: 0, of: 1 };
		this.secretsGone = false;
		this.results = [];
		this.run = undefined;
		this.report = undefined;
		this.written = undefined;
	}

	async #runMade(): Promise<void> {
		const made = makeBenchMeter({ ea: this.ea, plants: this.plants }, VIRTUAL_PROFILE, {
			timer: HOST_TIMER,
			random,
		});
		const { way, target, hand, passTime } = made;
		await this.#go(way, target, { hand, passTime });
	}

	async #runConnected(): Promise<void> {
		const desk = technicianDesk.desk;
		const { drn, profile, rights, packed, way, connected } = meterDesk;
		if (!desk || !drn || !profile || !way || !connected || !rights) return;
		if (rights.kind === 'public') return;
		const { baud, opening } = connected.identity;
		await meterDesk.disconnect();
		const order = await ownOrder(desk, profile, rights, drn, packed);
		if (!order) return void (this.secretsGone = true);
		const recall = (): void => this.#stop?.abort();
		order.recalled?.addEventListener('abort', recall);
		const letGo = desk.hold();
		try {
			const known = this.#known;
			const target = { ...known, drn, profile, nowMs: order.host.timer.nowMs() };
			await this.#go({ ...order, port: way.port, opening }, target, {
				hand: (request) => this.#ask(request),
				probe: { label: way.port.label, opening, baud },
			});
		} finally {
			letGo();
			order.recalled?.removeEventListener('abort', recall);
			await order.settle();
		}
	}

	#ask(request: HandRequest): Promise<boolean> {
		this.request = request;
		return new Promise((resolve) => {
			this.#answer = resolve;
		});
	}

	async #go(
		way: BenchWay,
		target: BenchTarget,
		{ probe, ...more }: Pick<BenchOrder, 'hand' | 'passTime'> & { readonly probe?: BenchProbe },
	): Promise<void> {
		const { keys } = way.secrets;
		const run = await runBench({
			...{ plan: this.plan, target, timer: way.host.timer, connector: benchConnector(way) },
			...(keys && { keys: { keys, clientTitle: way.client.systemTitle } }),
			...more,
			signal: (this.#stop as AbortController).signal,
			progress: (progress) => this.#hear(progress),
			result: (result) => (this.results = [...this.results, result]),
		});
		this.about = {
			...{ drn: target.drn, port: way.port.label.name, choice: this.kind },
			who: technicianDesk.technician?.name ?? '',
		};
		this.run = run;
		this.report = reportOf(run, this.about);
		this.phase = 'done';
		if (probe) await this.#writeDown(this.report, probe, target.drn);
	}

	async #writeDown(report: BenchReport, probe: BenchProbe, drn: string): Promise<void> {
		const jobId = meterDesk.packed?.jobId ?? null;
		try {
			await technicianDesk.desk?.writeDown(
				benchDeed(report, probe, { jobId, drn, choice: this.kind }),
			);
			this.written = true;
		} catch (error) {
			this.written = false;
			technicianDesk.tell(error);
		}
	}
}

/** Stands for the key that a made meter will have, while its run is planned. */
const someKey = (ea: Ea): TestKey => ({
	ea,
	sgc: '000000',
	krn: 1,
	ti: 1,
	kt: 2,
	ken: 255,
	baseDate: 2014,
	decoderKeyHex: '',
});

export const benchDesk = new BenchDesk();
