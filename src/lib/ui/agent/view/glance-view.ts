/** The till at a glance, as it is said: pure. */
import type { TillGlance } from '#lib/browser/sync/till-desk.ts';
import type { IconName } from '#lib/ui/view/icon-paths.ts';
import type { Tone } from '#lib/ui/view/tones.ts';

export type GlanceState = 'unknown' | 'online' | 'offline' | 'sending' | 'stopped';

/** What keeps the journal moving, as it is now. */
export interface TillSync {
	readonly connection: 'unknown' | 'online' | 'offline';
	readonly sending: boolean;
}

export const GLANCE_LOOKS: Readonly<Record<GlanceState, { icon: IconName; tone: Tone }>> = {
	unknown: { icon: 'wait', tone: 'neutral' },
	online: { icon: 'online', tone: 'good' },
	offline: { icon: 'offline', tone: 'wait' },
	sending: { icon: 'sending', tone: 'action' },
	stopped: { icon: 'blocked', tone: 'bad' },
};

/** A till that hands in nothing more says so before anything else. */
export function glanceState(
	sync: TillSync,
	glance: Pick<TillGlance, 'stop' | 'unsynced'> | undefined,
): GlanceState {
	if (glance?.stop) return 'stopped';
	if (sync.sending && (glance?.unsynced.count ?? 0) > 0) return 'sending';
	return sync.connection;
}

/** How much of the tightest cap is used up: 1 is all of it, and nothing more is sold offline. */
export function capUsed(
	{ caps, unsynced }: Pick<TillGlance, 'caps' | 'unsynced'>,
	nowMs: number,
): number {
	if (caps === null || unsynced.count === 0) return 0;
	const part = (used: number, most: number) => (most === 0 ? 1 : used / most);
	const ageMs = unsynced.oldestAtMs === null ? 0 : nowMs - unsynced.oldestAtMs;
	return Math.max(
		part(unsynced.count, caps.count),
		part(unsynced.sumMinor, caps.sumMinor),
		part(ageMs, caps.ageMs),
	);
}

/** From here on what waits is shown as a warning. */
const NEAR = 0.8;

export function waitingTone(
	glance: Pick<TillGlance, 'caps' | 'unsynced'>,
	nowMs: number,
): 'neutral' | 'wait' | 'bad' {
	const used = capUsed(glance, nowMs);
	if (used >= 1) return 'bad';
	return used >= NEAR ? 'wait' : 'neutral';
}

const UNITS = [
	['day', 86_400_000],
	['hour', 3_600_000],
	['minute', 60_000],
] as const;

/** A span in as few letters as the language allows: `12 min`, `3 hr`, `2 days`. */
export function formatSpan(spanMs: number, language: string): string {
	const [unit, lengthMs] = UNITS.find(([, length]) => spanMs >= length) ?? UNITS[2];
	return new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay: 'short' }).format(
		Math.max(0, Math.floor(spanMs / lengthMs)),
	);
}
