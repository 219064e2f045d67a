/** The papers of a day at a till, as they came out of the printer, also the one during which the browser died. */
import { type PrintedPaper, readEscPos, tokensOn, valueOf } from '../../harness/escpos-reader.ts';
import { agentEn } from '#lib/core/words/agent.ts';
import { en } from '#lib/core/words/catalogue.ts';

const own = agentEn.paper;

export interface DayPaper {
	readonly kind: 'receipt' | 'provisional' | 'other';
	readonly isWhole: boolean;
	readonly isReprint: boolean;
	/** Digits only. */
	readonly drn: string;
	readonly amountMinor: number;
	readonly tokens: readonly string[];
	readonly receiptNumber: string | undefined;
	/** Without hyphens. */
	readonly claimCode: string | undefined;
	readonly text: string;
}

/**
 * @param octets everything that arrived
 * @param breaks numbers of octets after which whatever was being printed was broken off
 */
export function readPapers(octets: Uint8Array, breaks: readonly number[]): DayPaper[] {
	const ends = [...breaks, octets.length];
	return ends
		.flatMap((end, at) => runOf(octets.slice(at === 0 ? 0 : ends[at - 1], end)))
		.map(about);
}

/** What was broken off in the middle of a command is read as far as it goes. */
function runOf(octets: Uint8Array): PrintedPaper[] {
	for (let length = octets.length; ; length -= 1) {
		try {
			return readEscPos(octets.slice(0, length));
		} catch (error) {
			if (length < octets.length - MOST_BROKEN) throw error;
		}
	}
}

/** No command of ours is longer. */
const MOST_BROKEN = 400;

function about(paper: PrintedPaper): DayPaper {
	const { text, isCut } = paper;
	const isProvisional = text.includes(own.provisional.title);
	const amount = valueOf(paper, isProvisional ? own.provisional.paid : own.receipt.amount);
	const code = /^([0-9A-Z]{4})-([0-9A-Z]{4})-([0-9A-Z*~$=])$/m.exec(text.replace(/^ +/gm, ''));
	const isReceipt = !isProvisional && text.includes(own.receipt.title);
	return {
		kind: isProvisional ? 'provisional' : isReceipt ? 'receipt' : 'other',
		isWhole: isCut,
		isReprint: /REPRINT \d/.test(text),
		drn: valueOf(paper, en.receipt.meter)?.replace(/\D/g, '') ?? '',
		amountMinor: Math.round(Number(amount?.replace(/[^\d.]/g, '') ?? NaN) * 100),
		tokens: tokensOn(paper),
		receiptNumber: valueOf(paper, en.receipt.number),
		claimCode: code?.slice(1).join(''),
		text,
	};
}
