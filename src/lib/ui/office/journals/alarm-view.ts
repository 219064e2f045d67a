/** An alarm as its card shows it. */
import type { TillAlarmList } from '#lib/core/sync/wire-till.ts';
import type { Tone } from '#lib/ui/view/tones.ts';
import { count } from '#lib/ui/state/language.ts';
import { journalWords } from '../words.ts';

const own = journalWords.alarms;
type Alarm = TillAlarmList['alarms'][number];

export interface AlarmView {
	readonly id: string;
	readonly tone: Tone;
	readonly title: string;
	/** Which till, which entry, when. */
	readonly place: string;
	readonly happened: string;
	readonly means: string;
	readonly next: string;
	/** What the backend wrote down beside it, by its own names. */
	readonly facts: readonly string[];
}

/** Those that end offline selling at once. */
const GRAVE: readonly Alarm['kind'][] = ['fork', 'rolled-back', 'caps-broken'];

/** @param moment formats an instant */
export function alarmView(alarm: Alarm, moment: (atMs: number) => string): AlarmView {
	const { id, kind, terminalId, vendorId, sequence, atMs, facts } = alarm;
	const { title, happened, means, next } = wordsOf(alarm);
	return {
		...{ id, title, happened, means, next },
		tone: GRAVE.includes(kind) ? 'bad' : 'wait',
		place: [own.at(terminalId, vendorId), own.entry(count(sequence)), moment(atMs)].join(' · '),
		facts: Object.entries(facts).map(([name, fact]) => `${name} ${fact}`),
	};
}

function wordsOf(alarm: Alarm): (typeof own.kinds)[Alarm['kind']] {
	if (isOfKey(alarm)) return own.keyChanged;
	return isOfRefund(alarm) ? own.refundOfMade : own.kinds[alarm.kind];
}

/** Nobody has broken a rule: a customer has a token that the meter does not take. */
const isOfKey = ({ kind, facts }: Alarm): boolean =>
	kind === 'reserve-broken' && facts['breach'] === 'key-changed';

/** The sale came before the word of its money: it names its sale, because its entry is the other one. */
const isOfRefund = ({ kind, facts }: Alarm): boolean =>
	kind === 'settled-sale' && facts['sale'] !== undefined;
