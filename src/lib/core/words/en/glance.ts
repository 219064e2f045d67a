/** A meter at a glance: what each part is called, what is found, and what to do about it. */
import type { DataAccessResult } from '#lib/core/dlms/apdu/results.ts';
import type { ClockBase } from '#lib/core/field/glance/clock.ts';
import type { CounterKind } from '#lib/core/field/glance/counters.ts';
import type { LogKind } from '#lib/core/field/glance/logs.ts';
import type {
	AccountMode,
	AccountState,
	ChargeType,
	CreditFlag,
	CreditRule,
	CreditState,
	CreditType,
	CurrencyKind,
} from '#lib/core/field/glance/payment.ts';
import type { Measure, RegisterGlance } from '#lib/core/field/glance/registers.ts';
import type { ControlState, OpenReason, RelayStanding } from '#lib/core/field/glance/relay.ts';
import type { KeyDifference, VerdictKind } from '#lib/core/field/glance/verdicts.ts';
import type { GlancePart } from '#lib/core/field/glance/wanted.ts';
import type { ColumnKind } from '#lib/core/field/profile-reading/columns.ts';
import type { ProfileStop } from '#lib/core/field/profile-reading/reading-state.ts';
import type { Reading } from '#lib/core/field/reading.ts';
import { events } from './events.ts';

const parts: Record<GlancePart, string> = {
	'device-name': 'Device name',
	serial: 'Serial number',
	firmware: 'Firmware',
	clock: 'Clock',
	sts: 'Token key',
	account: 'Account',
	credit: 'Credit',
	relay: 'Relay',
	charge: 'Charges and debts',
	gateway: 'Token gateway',
	limiter: 'Limiter',
	energy: 'Energy',
	'power-quality': 'Mains',
	counter: 'Counters',
	'event-code': 'Last event',
	log: 'Logs and profiles',
};

const absent: Record<Exclude<Reading<unknown>['state'], 'read' | 'not-readable'>, string> = {
	waiting: 'not read yet',
	'not-in-this-meter': 'not in this meter',
	'not-understood': 'answered with something else',
	'no-answer': 'no answer',
};

const results: Record<Exclude<DataAccessResult, 'success'>, string> = {
	'hardware-fault': 'a fault inside the meter',
	'temporary-failure': 'not at this moment',
	'read-write-denied': 'not with these rights',
	'object-undefined': 'unknown to the meter',
	'object-class-inconsistent': 'of another kind in this meter',
	'object-unavailable': 'not available',
	'type-unmatched': 'of another type',
	'scope-of-access-violated': 'out of what may be asked',
	'data-block-unavailable': 'a part is missing',
	'long-get-aborted': 'broken off by the meter',
	'no-long-get-in-progress': 'broken off by the meter',
	'long-set-aborted': 'broken off by the meter',
	'no-long-set-in-progress': 'broken off by the meter',
	'data-block-number-invalid': 'a part out of order',
	'other-reason': 'the meter gives no reason',
};

const measures: Record<Measure, string> = {
	'active-import': 'Active, taken',
	'active-export': 'Active, given back',
	'reactive-import': 'Reactive, taken',
	'reactive-export': 'Reactive, given back',
	'reactive-quadrant-1': 'Reactive, quadrant I',
	'reactive-quadrant-2': 'Reactive, quadrant II',
	'reactive-quadrant-3': 'Reactive, quadrant III',
	'reactive-quadrant-4': 'Reactive, quadrant IV',
	'apparent-import': 'Apparent, taken',
	'apparent-export': 'Apparent, given back',
	current: 'Current',
	voltage: 'Voltage',
	'power-factor': 'Power factor',
	frequency: 'Frequency',
	'active-both-ways': 'Active, both ways',
	'active-net': 'Active, net',
	'neutral-current': 'Current in the neutral',
};

const phases: Record<`${RegisterGlance['phase']}`, string> = {
	sum: '',
	1: 'L1',
	2: 'L2',
	3: 'L3',
};

const counters: Record<CounterKind, string> = {
	'meter-cover': 'Meter cover opened',
	'terminal-cover': 'Terminal cover opened',
	'other-tamper': 'Other tampering',
	'power-failures': 'Power failures',
	'power-failures-of-a-phase': 'Power failures of one phase',
	'other-power-failures': 'Other power failures',
	events: 'Events',
};

const logs: Record<LogKind, string> = {
	'load-profile-1': 'Load profile',
	'load-profile-2': 'Second load profile',
	billing: 'Billing values',
	'event-log': 'Event log',
	'power-failure-log': 'Power failures',
	'charge-collections': 'Charges collected',
	'token-credits': 'Credit by tokens',
	'parameter-changes': 'Changed settings',
	'token-transfers': 'Tokens entered',
	other: 'Other log',
};

const clockBases: Record<ClockBase, string> = {
	none: 'unknown',
	crystal: 'its own crystal',
	'mains-50': 'the mains, 50 Hz',
	'mains-60': 'the mains, 60 Hz',
	gps: 'GPS',
	radio: 'radio',
};

const accountModes: Record<AccountMode, string> = {
	other: 'Other mode',
	credit: 'Credit meter',
	prepayment: 'Prepayment',
};

const accountStates: Record<AccountState, string> = {
	other: 'other state',
	new: 'new, not active yet',
	active: 'active',
	closed: 'closed',
};

const creditTypes: Record<CreditType, string> = {
	token: 'Credit by tokens',
	reserved: 'Reserved credit',
	emergency: 'Emergency credit',
	time: 'Credit by time',
	consumption: 'Credit by consumption',
	other: 'Other credit',
};

const creditStates: Record<CreditState, string> = {
	enabled: 'there, not offered yet',
	selectable: 'offered: the consumer may take it',
	selected: 'taken, not begun yet',
	'in-use': 'in use',
	exhausted: 'used up',
	other: 'in another state',
};

const creditFlags: Record<CreditFlag, string> = {
	'in-credit': 'in credit',
	'low-credit': 'credit low',
	'next-credit-enabled': 'more credit there',
	'next-credit-selectable': 'more credit offered',
	'next-credit-selected': 'more credit taken',
	'selectable-credit-in-use': 'offered credit in use',
	'out-of-credit': 'out of credit',
};

const creditRules: Record<CreditRule, string> = {
	shown: 'shown on the display',
	confirmed: 'taken only on request',
	'paid-back': 'must be paid back',
	resettable: 'can be reset',
	'takes-tokens': 'takes credit from tokens',
};

const chargeTypes: Record<ChargeType, string> = {
	consumption: 'By consumption',
	time: 'By time',
	payment: 'With each payment',
	other: 'Other charge',
};

const currencyKinds: Record<CurrencyKind, string> = {
	time: 'time',
	consumption: 'energy',
	money: 'money',
};

const standings: Record<RelayStanding, string> = {
	closed: 'Supply on',
	open: 'Supply off',
	armed: 'Supply off, ready',
	contradictory: 'Relay unclear',
	unknown: 'Relay not known',
};

const controlStates: Record<ControlState, string> = {
	disconnected: 'disconnected',
	connected: 'connected',
	'ready-for-reconnection': 'ready for reconnection',
	other: 'other state',
};

const openReasons: Record<OpenReason, string> = {
	tamper: 'tampering noticed',
	'no-credit': 'no credit left',
	'over-limit': 'load above the limit',
	remotely: 'opened from afar',
	'by-hand': 'opened by hand',
	'waits-for-hand': 'waits for a hand at the meter',
};

/** What each control mode lets happen (0 … 7); makers have others. */
const controlModes: Record<0 | 1 | 2 | 3 | 4 | 5 | 6 | 7, string> = {
	0: 'always on',
	1: 'off by hand, from afar and by itself; on by hand',
	2: 'off by hand, from afar and by itself; on from afar',
	3: 'off from afar and by itself; on by hand',
	4: 'off from afar and by itself; on from afar',
	5: 'off by hand, from afar and by itself; on by hand or by itself',
	6: 'off from afar and by itself; on by hand or by itself',
	7: 'off from afar and by itself; on from afar or by itself',
};

const keyDifferences: Record<KeyDifference, string> = {
	ea: 'algorithm',
	sgc: 'supply group',
	ti: 'tariff index',
	krn: 'key revision',
	kt: 'key type',
	ken: 'key expiry number',
};

/** What the sentences need, already formatted; empty where a finding has no such fact. */
export interface VerdictTexts {
	readonly found: string;
	readonly expected: string;
	/** `2 h 3 min ahead`, `40 s behind`. */
	readonly drift: string;
	/** `12.5 kWh`; empty where the meter tells no amount. */
	readonly credit: string;
	/** A date. */
	readonly ends: string;
	readonly count: string;
	/** Reasons or differences, joined. */
	readonly list: string;
	/** The deviation was assumed, not told. */
	readonly assumed: boolean;
}

interface VerdictWords {
	readonly title: string;
	readonly detail: (facts: VerdictTexts) => string;
	/** What to do. */
	readonly todo: string;
}

const zoneAside = ({ assumed }: VerdictTexts): string =>
	assumed ? ' It does not tell its time zone; ours was assumed.' : '';

const verdicts: Record<VerdictKind, VerdictWords> = {
	'other-meter': {
		title: 'This is another meter',
		detail: ({ found, expected }) => `It says it is ${found}. You came for ${expected}.`,
		todo: 'Enter nothing here. Compare the number on the plate and find the right meter.',
	},
	'number-unsound': {
		title: 'The meter’s own number is not sound',
		detail: ({ found }) => `It says ${found}, and the check digits do not fit.`,
		todo: 'Compare it with the plate and report it: tokens for this number may not be its own.',
	},
	tampered: {
		title: 'Tampering noticed',
		detail: () => 'The meter has noted it, and nothing has cleared it since.',
		todo: 'Look at seals, covers and wiring first. Then clear the alarm with an engineering token.',
	},
	'relay-contradictory': {
		title: 'The relay contradicts itself',
		detail: () => 'Its contacts and its state say different things.',
		todo: 'Measure whether there is voltage behind the meter before you touch anything.',
	},
	'relay-open': {
		title: 'Supply off',
		detail: ({ list }) => (list === '' ? 'Open; the meter does not say why.' : `Open: ${list}.`),
		todo: 'Do away with the reason first; then the relay can be closed.',
	},
	'credit-out': {
		title: 'No credit left',
		detail: ({ credit }) =>
			credit === '' ? 'The meter says that its credit is used up.' : `The meter holds ${credit}.`,
		todo: 'It takes a credit token. If one was bought and does not go in, look at the key.',
	},
	'key-ended': {
		title: 'The key of this meter has ended',
		detail: ({ ends }) => `No token can be made under it since ${ends}.`,
		todo: 'Bring the key-change set for this meter and enter it.',
	},
	'key-behind': {
		title: 'The key is behind',
		detail: ({ found, expected }) =>
			`The meter has revision ${found}, the office revision ${expected}. New tokens are not for its key.`,
		todo: 'Enter the key-change set first, then the credit.',
	},
	'key-differs': {
		title: 'The key is not the one in the office',
		detail: ({ list }) => `Meter and office differ in: ${list}.`,
		todo: 'Ask the office which is right before any token is made.',
	},
	'clock-not-set': {
		title: 'The clock is not set',
		detail: () => 'It shows no whole date and time.',
		todo: 'Set it, and look whether the battery is gone.',
	},
	'clock-zone': {
		title: 'The clock is in another time zone',
		detail: (facts) =>
			`It is ${facts.drift}: whole quarters of an hour, as a wrong zone or daylight saving makes.${zoneAside(facts)}`,
		todo: 'Check which zone the utility wants before you set it.',
	},
	'clock-drifts': {
		title: 'The clock is wrong',
		detail: (facts) => `It is ${facts.drift}.${zoneAside(facts)}`,
		todo: 'Set the clock. If it is off again soon, the meter needs replacing.',
	},
	'relay-waits': {
		title: 'Supply off, ready',
		detail: () => 'The meter would close its relay and waits for a hand.',
		todo: 'Press the button at the meter, or ask the consumer to.',
	},
	'key-ends': {
		title: 'The key ends soon',
		detail: ({ ends }) => `After ${ends} no token can be made under it.`,
		todo: 'Plan the key change for this meter.',
	},
	'credit-low': {
		title: 'Credit low',
		detail: ({ credit }) =>
			credit === '' ? 'The meter warns of it.' : `The meter holds ${credit} and warns of it.`,
		todo: 'Tell the consumer.',
	},
	'emergency-credit': {
		title: 'Emergency credit in use',
		detail: () => 'What is used now is taken back from the next credit.',
		todo: 'Tell the consumer.',
	},
	'cover-opened': {
		title: 'A cover was opened before',
		detail: ({ count }) => `The meter has counted ${count}. It may have been the installer.`,
		todo: 'Look at the seals, and in the event log for when it was.',
	},
	'firmware-unknown': {
		title: 'Firmware not known',
		detail: ({ found }) =>
			found === '' ? 'The meter does not tell its firmware.' : `It runs ${found}.`,
		todo: 'Report it, so that the office knows what is in the field.',
	},
	'clock-doubtful': {
		title: 'The meter doubts its clock',
		detail: () => 'It marks its own time as doubtful.',
		todo: 'Set the clock.',
	},
	'objects-assumed': {
		title: 'The meter does not say what it has',
		detail: () => 'It gives no list of its objects; what most meters have was asked for.',
		todo: 'More may be in it than is shown here. Connect with more rights to see the list.',
	},
};

const profileStops: Record<ProfileStop, string> = {
	'not-in-this-meter': 'This log is not in this meter.',
	'not-readable': 'The meter does not give this log.',
	'not-understood': 'The meter describes this log in a way this app does not understand.',
	'no-parts': 'The log is too long to be read at once, and the meter gives no parts of it.',
	'changed-meanwhile':
		'This is another meter, or the log has other columns than before. Read it from the start.',
	'no-answer': 'The meter has not answered. What was read is kept; go on where it stopped.',
};

const columnKinds: Record<ColumnKind, string> = {
	time: 'Time',
	token: 'Token, its end',
	status: 'Status',
	event: 'Event',
	value: 'Value',
};

export const glance = {
	title: 'The meter at a glance',
	reading: (done: string, of: string) => `Reading ${done} of ${of}`,
	complete: 'Everything was read',
	interrupted: 'Broken off. What was read is below; go on where it stopped.',
	goOn: 'Go on reading',
	stop: 'Stop reading',
	again: 'Read again',
	parts,
	absent,
	/** `result` in words, of `results` where it has one. */
	notReadable: (result: string) => `not given: ${result}`,
	results,
	/** A code of the meter without a meaning in the standard. */
	otherResult: (code: string) => `code ${code}`,
	identity: {
		deviceName: 'Device name',
		serials: 'Serial number',
		firmware: 'Firmware',
		signature: 'Firmware signature',
		meterNumber: 'Meter number',
	},
	clock: {
		shows: 'Shows',
		drift: 'Off by',
		ahead: (time: string) => `${time} ahead`,
		behind: (time: string) => `${time} behind`,
		right: 'right',
		/** Both formatted. */
		within: (drift: string, uncertainty: string) => `${drift}, give or take ${uncertainty}`,
		zone: 'Time zone',
		zoneAssumed: 'not told; ours assumed',
		daylightSaving: 'daylight saving',
		unset: 'not set',
		ownTimeUnknown: 'Our own time is not certain, so the meter’s is not judged by it.',
		base: 'Runs by',
		bases: clockBases,
	},
	sts: {
		commodity: 'Commodity',
		carriers: 'Token carriers',
		algorithm: 'Algorithm',
		supplyGroup: 'Supply group',
		tariffIndex: 'Tariff index',
		keyRevision: 'Key revision',
		keyType: 'Key type',
		keyExpiry: 'Key expiry number',
		keyChangeTokens: 'Tokens of a key change',
		certificate: 'Certificate',
		differences: keyDifferences,
	},
	payment: {
		mode: 'Mode',
		modes: accountModes,
		states: accountStates,
		available: 'Credit available',
		toClear: 'To be cleared first',
		debt: 'Debt in all',
		lowCredit: 'Warns below',
		nextCredit: 'Next credit from',
		noNextCredit: 'no next credit',
		currency: 'Counted in',
		currencies: currencyKinds,
		flags: creditFlags,
		types: creditTypes,
		creditStates,
		rules: creditRules,
		limit: 'Down to',
		charges: chargeTypes,
		paid: 'Paid so far',
		remaining: 'Still owed',
	},
	relay: {
		standings,
		states: controlStates,
		because: (list: string) => `Open: ${list}`,
		doesNotSay: 'Open; the meter does not say why',
		reasons: openReasons,
		mode: 'Control mode',
		modes: controlModes,
		otherMode: (mode: string) => `${mode}, the maker’s own`,
	},
	limiter: {
		active: 'Limit now',
		normal: 'Normal limit',
		emergency: 'Emergency limit',
		none: 'no limit',
		after: (seconds: string) => `acts after ${seconds} s`,
		emergencyActive: 'The emergency limit is in force',
	},
	registers: {
		measures,
		phases,
		rate: (rate: string) => `rate ${rate}`,
		total: 'total',
		channel: (channel: string) => `channel ${channel}`,
	},
	counters,
	logs: {
		kinds: logs,
		/** `detail` is group E of the name. */
		numbered: (kind: string, detail: string) => `${kind} ${detail}`,
		entries: (inUse: string, capacity: string) => `${inUse} of ${capacity} entries`,
		every: (time: string) => `every ${time}`,
		asItHappens: 'as things happen',
	},
	objects: {
		count: (count: string) => `${count} objects`,
		duplicates: (count: string) => `${count} listed twice`,
		rubbish: (count: string) => `${count} that are none`,
		cut: 'The list was too long and was cut.',
	},
	verdicts,
	noVerdicts: 'Nothing to report',
	events,
	profile: {
		read: 'Read',
		rows: (rows: string) => `${rows} rows`,
		rowsOf: (rows: string, of: string) => `${rows} of ${of} rows`,
		confirm: {
			title: (rows: string) => `Read ${rows} rows?`,
			detail: (time: string) =>
				`That takes about ${time}. You can stop at any time and go on later.`,
			yes: 'Read them',
			no: 'Only the newest',
		},
		leftOut: (rows: string) => `${rows} more rows were read and are not shown.`,
		rubbish: (rows: string) => `${rows} rows could not be read.`,
		empty: 'No rows in this time',
		stops: profileStops,
		columns: columnKinds,
		gap: 'no rows',
		exportCsv: 'Save as CSV',
	},
};
