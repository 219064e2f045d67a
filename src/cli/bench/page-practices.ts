/** Good practice as Lighthouse 13 asks for it, with its weights: each a question to what the browser told of a visit. */
import { weigh } from './page-scores.ts';

/** What the DevTools protocol told while the page was open. */
export interface Heard {
	readonly requests: readonly string[];
	/** Codes of the issues panel, such as `DeprecationIssue`. */
	readonly issues: readonly string[];
	/** Lines of the console that are errors, and what was thrown. */
	readonly errors: readonly string[];
	/** What the browser holds against a page's manners, such as a question without a gesture. */
	readonly violations: readonly string[];
}

export interface Picture {
	readonly name: string;
	/** Of the file, pixels; vectors fit every size and are not among these. */
	readonly width: number;
	readonly height: number;
	/** On the screen, CSS pixels. */
	readonly shownWidth: number;
	readonly shownHeight: number;
}

/** What the document is, looked at when it has come to rest. */
export interface Looked {
	readonly isStandard: boolean;
	readonly charset: string;
	/** Contents of the element `meta name=viewport`; null: there is none. */
	readonly viewport: string | null;
	readonly pictures: readonly Picture[];
	/** Fields that refuse what is pasted into them. */
	readonly pasteRefusing: readonly string[];
	/** Characters of the visible text, and how many of them are at least 12 px high. */
	readonly letters: number;
	readonly readableLetters: number;
	/** Device pixels in a CSS pixel. */
	readonly density: number;
}

type Visit = Heard & Looked;

interface Practice {
	readonly id: string;
	readonly weight: number;
	/** What speaks against the visit; none: it is as it should be. */
	readonly objections: (visit: Visit) => readonly string[];
}

/** An icon or a logo is looked at closely; of a large picture three quarters of the pixels do. */
const SMALL_PX = 64;
const LARGE_SHARE = 0.75;
const RATIO_SLACK_PX = 2;
const READABLE_SHARE = 0.6;
const ISSUES = /^(MixedContent|Cookie|BlockedByResponse|HeavyAd|ContentSecurityPolicy)Issue$/;

const PRACTICES: readonly Practice[] = [
	{
		...{ id: 'is-on-https', weight: 5 },
		objections: ({ requests }) => requests.filter((url) => !isSecure(url)),
	},
	{
		...{ id: 'geolocation-on-start', weight: 1 },
		objections: ({ violations }) => violations.filter((text) => /geolocation/i.test(text)),
	},
	{
		...{ id: 'notification-on-start', weight: 1 },
		objections: ({ violations }) => violations.filter((text) => /notification/i.test(text)),
	},
	{
		...{ id: 'paste-preventing-inputs', weight: 3 },
		objections: ({ pasteRefusing }) => pasteRefusing,
	},
	{
		...{ id: 'image-aspect-ratio', weight: 1 },
		objections: ({ pictures }) => pictures.filter(isDistorted).map(({ name }) => name),
	},
	{
		...{ id: 'image-size-responsive', weight: 1 },
		objections: ({ pictures, density }) =>
			pictures.filter((picture) => isCoarse(picture, density)).map(({ name }) => name),
	},
	{
		...{ id: 'viewport', weight: 1 },
		objections: ({ viewport }) => objectionIf(!/width=|initial-scale=/.test(viewport ?? '')),
	},
	{
		...{ id: 'font-size', weight: 1 },
		objections: ({ letters, readableLetters }) =>
			objectionIf(readableLetters < letters * READABLE_SHARE),
	},
	{ ...{ id: 'doctype', weight: 1 }, objections: ({ isStandard }) => objectionIf(!isStandard) },
	{
		...{ id: 'charset', weight: 1 },
		objections: ({ charset }) => objectionIf(charset !== 'UTF-8'),
	},
	{
		...{ id: 'deprecations', weight: 5 },
		objections: ({ issues }) => issues.filter((code) => code === 'DeprecationIssue'),
	},
	{
		...{ id: 'third-party-cookies', weight: 5 },
		objections: ({ issues }) => issues.filter((code) => code === 'CookieIssue'),
	},
	{ ...{ id: 'errors-in-console', weight: 1 }, objections: ({ errors }) => errors },
	{
		...{ id: 'inspector-issues', weight: 1 },
		objections: ({ issues }) => issues.filter((code) => ISSUES.test(code)),
	},
];

export interface PracticeVerdict {
	/** From 0 to 100. */
	readonly score: number;
	readonly failed: readonly string[];
}

export function judgePractices(visit: Visit): PracticeVerdict {
	const judged = PRACTICES.map(({ id, weight, objections }) => ({
		...{ id, weight },
		found: objections(visit),
	}));
	return {
		score: weigh(judged.map(({ weight, found }) => ({ weight, score: found.length > 0 ? 0 : 1 }))),
		failed: judged
			.filter(({ found }) => found.length > 0)
			.map(({ id, found }) => `${id}: ${found[0]}`),
	};
}

const objectionIf = (isSo: boolean): readonly string[] => (isSo ? ['not as it should be'] : []);

/** A browser holds this machine's own addresses for as safe as a ciphered line. */
function isSecure(url: string): boolean {
	const { protocol, hostname } = new URL(url);
	return !/^(http|ws):$/.test(protocol) || /^(localhost|127\.0\.0\.1|\[::1\])$/.test(hostname);
}

function isDistorted({ width, height, shownWidth, shownHeight }: Picture): boolean {
	const ratio = width / height;
	return (
		Math.min(
			Math.abs(shownWidth / ratio - shownHeight),
			Math.abs(shownHeight * ratio - shownWidth),
		) > RATIO_SLACK_PX
	);
}

function isCoarse({ width, height, shownWidth, shownHeight }: Picture, density: number): boolean {
	const isSmall = shownWidth <= SMALL_PX && shownHeight <= SMALL_PX;
	const wanted = density * (isSmall ? 1 : LARGE_SHARE);
	return width < Math.floor(shownWidth * wanted) || height < Math.floor(shownHeight * wanted);
}
