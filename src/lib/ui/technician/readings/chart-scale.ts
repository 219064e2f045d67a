/** The axes of a chart: where their marks stand and what stands beside them. */

/** A part of time, epoch milliseconds. */
export interface Span {
	readonly fromMs: number;
	readonly toMs: number;
}

/** Less than this, absolutely and of the value, is dust rather than a difference. */
const FLAT = 1e-9;

/** Round values between two, at most `most`, both ends covered. */
export function valueTicks(least: number, greatest: number, most: number): number[] {
	const isFlat = !(greatest - least > Math.max(FLAT, Math.abs(least) * FLAT));
	const size = Math.abs(least) > FLAT ? Math.abs(least) : 1;
	const top = isFlat ? least + size : greatest;
	const step = roundStep((top - least) / Math.max(1, most - 1));
	const first = Math.floor(least / step);
	const last = Math.max(first + 1, Math.ceil(top / step));
	return Array.from({ length: last - first + 1 }, (_, at) => cleaned((first + at) * step));
}

/** 1, 2 or 5 times a power of ten, not below `rough`. */
function roundStep(rough: number): number {
	const power = 10 ** Math.floor(Math.log10(rough));
	const factor = [1, 2, 5, 10].find((each) => each * power >= rough * (1 - 1e-9)) ?? 10;
	return factor * power;
}

/** Without the dust of binary fractions. */
const cleaned = (value: number): number => Number(value.toPrecision(12));

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
const TIME_STEPS = [
	...[1, 5, 15, 30].map((count) => count * MINUTE_MS),
	...[1, 3, 6, 12].map((count) => count * HOUR_MS),
	...[1, 2, 7, 14, 28, 91, 182, 364].map((count) => count * DAY_MS),
];

/**
 * Instants to mark on an axis of time, at most `most`, on whole steps of the local day.
 * @param offsetMs what local time is ahead of UTC
 */
export function timeTicks({ fromMs, toMs }: Span, most: number, offsetMs: number): number[] {
	const step =
		TIME_STEPS.find((each) => (toMs - fromMs) / each <= most) ?? (TIME_STEPS.at(-1) as number);
	const ticks: number[] = [];
	const first = Math.ceil((fromMs + offsetMs) / step) * step - offsetMs;
	for (let at = first; at <= toMs && ticks.length < most + 1; at += step) ticks.push(at);
	return ticks;
}

/** Nothing smaller is shown: one period of a profile, or a minute. */
const SHORTEST_MS = 15 * MINUTE_MS;

/** A span zoomed about an instant, kept within the whole. `factor` below 1 shows less time. */
export function zoomed(span: Span, whole: Span, aboutMs: number, factor: number): Span {
	const length = span.toMs - span.fromMs;
	const wholeLength = whole.toMs - whole.fromMs;
	const next = Math.min(wholeLength, Math.max(Math.min(SHORTEST_MS, wholeLength), length * factor));
	const share = length > 0 ? (aboutMs - span.fromMs) / length : 0.5;
	return within({ fromMs: aboutMs - share * next, toMs: aboutMs + (1 - share) * next }, whole);
}

/** A span moved by a share of its length, kept within the whole. */
export function moved(span: Span, whole: Span, share: number): Span {
	const by = (span.toMs - span.fromMs) * share;
	return within({ fromMs: span.fromMs + by, toMs: span.toMs + by }, whole);
}

/** Moved so that an instant is in it. */
export function showing(span: Span, whole: Span, atMs: number): Span {
	const by = atMs < span.fromMs ? atMs - span.fromMs : atMs > span.toMs ? atMs - span.toMs : 0;
	return by === 0 ? span : within({ fromMs: span.fromMs + by, toMs: span.toMs + by }, whole);
}

function within(span: Span, whole: Span): Span {
	const length = Math.min(span.toMs - span.fromMs, whole.toMs - whole.fromMs);
	const fromMs = Math.min(Math.max(span.fromMs, whole.fromMs), whole.toMs - length);
	return { fromMs, toMs: fromMs + length };
}
