/** One examination of a line by the probe doctor, as it goes on and as it ended. */
import { HOST_TIMER } from '#lib/browser/host-timer.ts';
import { expectationOf, profileOnLine } from '#lib/core/field/doctor/profile-on-line.ts';
import { LineRecorder } from '#lib/core/field/frame-log/line-recorder.ts';
import type { DoctorStep } from '#lib/core/field/doctor/trial.ts';
import { askDoctor, type DoctorOutcome } from '#lib/link/doctor.ts';
import type { LinePort } from '#lib/link/line.ts';
import { recordedLine } from '#lib/link/recorded-line.ts';
import { GENERIC_PROFILE } from '#lib/ui/technician/meter/known-profiles.ts';
import { findInHand } from '#lib/ui/technician/meter/rights.ts';
import type { MeterWay } from '#lib/ui/probe/way.ts';
import { technicianDesk } from '#lib/ui/technician/state/desk.svelte.ts';
import { meterDesk } from '#lib/ui/technician/state/meter.svelte.ts';
import { speaksOpening } from './doctor-view.ts';

class Examination {
	running = $state(false);
	/** What was tried so far, the last one last. */
	steps = $state.raw<readonly DoctorStep[]>([]);
	outcome = $state.raw<DoctorOutcome>();
	way = $state.raw<MeterWay>();
	#stop: AbortController | undefined;

	/** Examines a line; a second time while one is examined does nothing. */
	async start(way: MeterWay, expected: string | undefined): Promise<void> {
		if (this.running) return;
		this.running = true;
		this.way = way;
		this.steps = [];
		this.outcome = undefined;
		this.#stop = new AbortController();
		const letGo = technicianDesk.desk?.hold();
		const recorder = new LineRecorder('hdlc', meterDesk.frames.add);
		const wanted = findInHand(technicianDesk.packs.packs, expected ?? way.drn);
		const profile = wanted?.meter.virtual ? GENERIC_PROFILE : wanted?.profile;
		try {
			this.outcome = await askDoctor(recorded(way.port, recorder), HOST_TIMER, {
				...(profile && { expectation: expectationOf(profile) }),
				signal: this.#stop.signal,
				onStep: (step) => {
					recorder.carries(speaksOpening(step.name) ? 'opening' : 'hdlc', HOST_TIMER.nowMs());
					this.steps = [...this.steps, step];
				},
			});
		} finally {
			letGo?.();
			this.running = false;
		}
	}

	stop(): void {
		this.#stop?.abort();
	}

	/** Connects with what was found. */
	async use(expected: string | undefined): Promise<void> {
		const { outcome, way } = this;
		if (!way || !outcome || !('line' in outcome)) return;
		const line = profileOnLine(GENERIC_PROFILE, outcome.line);
		await meterDesk.connect(way, {
			line,
			maxBaud: outcome.line.baud,
			...(expected !== undefined && { expected }),
		});
	}
}

const recorded = (port: LinePort, recorder: LineRecorder): LinePort => ({
	...{ label: port.label, medium: port.medium },
	open: async (settings) => recordedLine(await port.open(settings), recorder, HOST_TIMER),
});

export const examination = new Examination();
