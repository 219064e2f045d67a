/**
 * What a text is that a camera, a bar-code reader or a card reader has read. Such a device reads whatever is
 * held to it, so every text is judged before anything of it is shown or kept: a bank card is known first, and
 * a refusal never carries the text. Pure.
 *
 *     01234567897                        a meter number
 *     600727012345678974                 a meter PAN, as bar codes on meters carry it
 *     ;600727…=…?                        a meter card's track 2, or the ID record of 35 digits
 *     https://…/meter/01234567897        a QR code that names its meter: an address, JSON, or plain words
 *     tokenline:claim?meter=…&code=…     a provisional receipt; or its claim code alone, `7KQ2-M0ZR-X`
 */
import { parseDrn } from '#lib/core/sts/drn.ts';
import { parseIdRecord, parseRecord2 } from '#lib/core/sts/id-record.ts';
import { parseMeterPan } from '#lib/core/sts/meter-pan.ts';
import { latinDigits } from '#lib/core/units/digits.ts';
import { isBankCard } from '#lib/core/vending/meter-detail.ts';
import type { ScanRefusal } from '#lib/core/vending/scan-refusals.ts';
import { parseClaimQr } from './claim-qr.ts';
import { parseCode } from './spoken-code.ts';
import { CLAIM_CODE_LENGTH } from './till-journal.ts';

/** Longer than any code a meter or a receipt carries. */
export const LONGEST_SCAN = 2_000;

export type Scanned =
	| { readonly kind: 'meter'; readonly drn: string }
	/** `track2` as the backend takes it, should the office not know the meter. */
	| { readonly kind: 'meter-card'; readonly drn: string; readonly track2: string }
	/** `drn` null: the code stands alone. */
	| { readonly kind: 'claim'; readonly code: string; readonly drn: string | null }
	| { readonly kind: 'refused'; readonly code: ScanRefusal };

const refused = (code: ScanRefusal): Scanned => ({ kind: 'refused', code });

/** The refusals stand in their order of precedence in `SCAN_REFUSALS`. */
export function readScannedText(raw: string): Scanned {
	if (raw.length > LONGEST_SCAN) return refused('scan-too-long');
	const text = latinDigits(raw).trim();
	if (text === '') return refused('scan-empty');
	const plain = text.replace(/(?<=[\dA-Z*~$=])[ -](?=[\dA-Z*~$=])/gi, '');
	if (isCardOfABank(text, plain)) return refused('bank-card-refused');
	if (/^\d{20}$/.test(plain)) return refused('scan-a-token');
	if (PAYMENT_CODE.test(text)) return refused('scan-payment');
	const claim = parseClaimQr(text);
	if (claim !== undefined && drnOf(claim.drn) !== undefined) return { kind: 'claim', ...claim };
	return readCard(text) ?? readNumber(plain) ?? readClaim(plain) ?? readNamed(plainAddress(text));
}

/** What a merchant's payment code begins with (EMVCo, payload format indicator 01). */
const PAYMENT_CODE = /^0002010[12]\d{2}/;

/** A number of thirteen digits with a right check digit is a meter's; cards of that length are long gone. */
function isCardOfABank(text: string, plain: string): boolean {
	const thirteen = /^[^\d;%]{0,4}(\d{13})(?!\d)/.exec(plain)?.[1];
	if (thirteen !== undefined && 'drn' in parseDrn(thirteen)) return false;
	return isBankCard(text) || isBankCard(plain);
}

/** What a card's stripe begins with, as its reader leaves it. */
const STRIPE_STARTS = [';', '%', '\u0002'];

/** A track or an ID record: undefined for what is not even shaped like one. */
function readCard(text: string): Scanned | undefined {
	const forms = [parseRecord2(text), parseIdRecord(text)];
	const record = forms.find((form) => !('refusal' in form));
	if (record === undefined || 'refusal' in record) {
		const isShaped = forms.some((form) => 'refusal' in form && form.refusal !== 'wrong-shape');
		return isShaped || STRIPE_STARTS.some((start) => text.startsWith(start))
			? refused('meter-card-unreadable')
			: undefined;
	}
	const meter = parseMeterPan(record.pan);
	if ('refusal' in meter || isNobodys(meter.drn)) return refused('meter-card-unreadable');
	return { kind: 'meter-card', drn: meter.drn, track2: text };
}

/** Digits and nothing else. */
function readNumber(plain: string): Scanned | undefined {
	if (!/^(?:\d{11}|\d{13}|\d{18})$/.test(plain)) return undefined;
	const drn = drnOf(plain);
	if (drn !== undefined) return { kind: 'meter', drn };
	const read = parseMeterPan(plain);
	const isOthers = 'refusal' in read && read.refusal === 'unknown-issuer';
	return refused(isOthers ? 'scan-other-issuer' : 'meter-check-digit');
}

function readClaim(plain: string): Scanned | undefined {
	const code = parseCode(plain, CLAIM_CODE_LENGTH);
	return code === undefined ? undefined : { kind: 'claim', code, drn: null };
}

/**
 * A number that is said to be a meter's: `meter=…`, `/meter/…`, `"drn": "…"`, `Meter no. …`, and in the
 * app's languages, in which a token is shared together with its meter.
 */
const NAMED_METER =
	/(?<![a-z])(?:meter(?:[ _-]?(?:no|nr|num|number|id|serial|pan))?|drn|msno|pan|compteur|contador|mita|للعداد|العداد)\.?["']?[ ]{0,3}[:=/#]?[ ]{0,3}["'\u2066\u2068]?(\d[\d -]{9,24}\d)(?!\d)/gi;
/** Twenty digits, in groups or not, somewhere in a text. */
const TOKEN = /(?<!\d)(?:\d{4}[ -]?){4}\d{4}(?![ -]?\d)/;
const NAMED_CLAIM =
	/(?<![a-z])claim(?:[ _-]?code)?\.?["']?[ ]{0,3}[:=/#]?[ ]{0,3}["']?([0-9a-z*~$=]{4}-?[0-9a-z*~$=]{4}-?[0-9a-z*~$=])(?![0-9a-z])/i;

function readNamed(text: string): Scanned {
	const numbers = [...text.matchAll(NAMED_METER)].map(([, digits = '']) => drnOf(digits));
	const [drn, ...others] = new Set(numbers.filter((number) => number !== undefined));
	if (others.length > 0) return refused('scan-two-meters');
	const code = parseCode(NAMED_CLAIM.exec(text)?.[1] ?? '', CLAIM_CODE_LENGTH);
	if (code !== undefined) return { kind: 'claim', code, drn: drn ?? null };
	if (drn !== undefined) return { kind: 'meter', drn };
	if (numbers.length > 0) return refused('meter-check-digit');
	return refused(TOKEN.test(text) ? 'scan-a-token' : 'scan-not-a-meter');
}

/** A meter number or a meter PAN as its meter number; undefined: neither, or a check digit is wrong. */
function drnOf(text: string): string | undefined {
	const digits = text.replace(/[ -]/g, '');
	const read = digits.length === 18 ? parseMeterPan(digits) : parseDrn(digits);
	return 'drn' in read && !isNobodys(read.drn) ? read.drn : undefined;
}

/** All zeros stand for the meters of a whole group. */
const isNobodys = (drn: string): boolean => /^0+$/.test(drn);

/** With its escapes undone; as it is where they are none. */
function plainAddress(text: string): string {
	try {
		return decodeURIComponent(text);
	} catch {
		return text;
	}
}
