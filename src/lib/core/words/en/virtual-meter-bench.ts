/** The virtual meter behind its folds: hands on it, its logs, its make, and the test bench. */
import type { LogName } from '#lib/core/meter/meter-events.ts';
import type { PlantName } from '#lib/core/meter/plants.ts';
import type { TamperKind } from '#lib/core/meter/tampers.ts';
import type { OpenReason } from '#lib/core/meter/supply.ts';

interface Planted {
	readonly title: string;
	/** What the meter does then. */
	readonly about: string;
}

const tampers: Record<TamperKind, { readonly begin: string; readonly end: string }> = {
	'terminal-cover': { begin: 'Open the terminal cover', end: 'Close the terminal cover' },
	'meter-cover': { begin: 'Open the meter cover', end: 'Close the meter cover' },
	'magnetic-field': { begin: 'Hold a magnet to it', end: 'Take the magnet away' },
	'reversed-current': { begin: 'Reverse the current', end: 'Set the current right' },
};

const reasons: Record<OpenReason, string> = {
	'open-tamper': 'Open: the meter was tampered with. A clear-tamper token closes it.',
	'open-remote': 'Open: switched off from afar. A technician can switch it on.',
	'open-no-credit': 'Open: no credit.',
	'open-overload': 'Open: too much load. It closes again by itself.',
	'open-unbalance': 'Open: the phases differ too much. It closes again by itself.',
	'open-ready': 'Open: it waits for a hand to close it.',
};

const logs: Record<LogName, string> = {
	standard: 'Meter',
	fraud: 'Tamper',
	disconnector: 'Relay',
	'power-quality': 'Voltage',
	payment: 'Payment',
};

const plants: Record<PlantName, Planted> = {
	'takes-a-used-token': { title: 'Takes a used token', about: 'The same token counts again.' },
	'takes-an-old-token': {
		title: 'Takes an old token',
		about: 'A token older than all it remembers is taken.',
	},
	'takes-another-meters-token': {
		title: 'Takes another meter’s token',
		about: 'It says yes to a wrong token, and credits nothing.',
	},
	'ignores-key-expiry': {
		title: 'Ignores key expiry',
		about: 'Tokens from after the key’s end are taken.',
	},
	'never-locks-out': { title: 'Never locks', about: 'Wrong tokens may be tried without end.' },
	'key-change-needs-order': {
		title: 'Key change in order only',
		about: 'A part of a key change is refused unless those before it have come.',
	},
	'key-change-never-times-out': {
		title: 'Key change never times out',
		about: 'Parts of a key change are kept for good.',
	},
	'rollover-keeps-tokens': {
		title: 'Rollover keeps tokens',
		about: 'A rollover leaves its memory of tokens as it was.',
	},
	'credits-twice': { title: 'Credits twice', about: 'A credit token counts double.' },
	'clear-credit-does-nothing': {
		title: 'Clear credit does nothing',
		about: 'The token is accepted, the credit stays.',
	},
	'power-limit-does-nothing': {
		title: 'Power limit does nothing',
		about: 'The token is accepted, the limit stays.',
	},
	'tamper-stays': {
		title: 'Clear tamper does nothing',
		about: 'The token is accepted, the alarm stays.',
	},
	'status-never-final': {
		title: 'Status never final',
		about: 'Over the wire the status stays at “validation ok”.',
	},
	'status-of-earlier-token': {
		title: 'Status of an earlier token',
		about: 'Over the wire it shows the token before the last.',
	},
	'takes-plain-enter': {
		title: 'Takes a token in the clear',
		about: 'Anybody on the wire may enter a token.',
	},
	'takes-a-replayed-counter': {
		title: 'Takes a replay',
		about: 'A recorded request is carried out again.',
	},
	'takes-any-proof': { title: 'Takes any proof', about: 'The client’s key is not checked.' },
	'another-system-title': {
		title: 'Another system title',
		about: 'It names itself as another meter does.',
	},
	'consumer-may-not-enter': {
		title: 'Nothing from a consumer',
		about: 'Its owner’s phone may look and not enter a token, as in many real meters.',
	},
	'huge-object-list': { title: 'Huge object list', about: 'Two thousand objects are listed.' },
	'clock-in-2099': { title: 'Clock in 2099', about: 'Its clock shows the end of the century.' },
	'million-row-profile': {
		title: 'A million rows',
		about: 'Its load profile goes on and on.',
	},
	'answers-rubbish': { title: 'Answers rubbish', about: 'What it answers means nothing.' },
	'half-an-answer': { title: 'Half an answer', about: 'Each answer stops in the middle.' },
};

/** Of the line to the meter; the list itself is the line's (`link/line-faults.ts`). */
const line = {
	echo: 'Echo: what is sent comes back',
	silence: 'Silence: no meter, or no power',
	'dead-probe': 'The probe has no power',
	'echo-alone': 'Echo, and nothing from the meter',
	'meter-unheard': 'The meter hears, and is not heard',
	'we-unheard': 'The meter does not hear',
	noise: 'Noise between messages',
	preamble: 'Rubbish before each answer',
	stutter: 'The probe stutters when it is opened',
	'stuck-bit': 'One bit is stuck',
	'octets-lost': 'Each seventh octet is lost',
	'mode-e-only': 'HDLC only after a sign-on',
	'confirms-not': 'Does not confirm the rate',
	'wants-disc': 'Connects only after a disconnect',
	slow: 'Slow: 1.4 s for an answer',
	asleep: 'Asleep: a battery meter to be woken',
	'left-open': 'Our own last session was left open',
	'left-open-by-another': 'Another program’s session was left open',
	'left-programming': 'Left in programming mode',
	'opening-7o1': 'Signs on with odd parity',
	'opening-8n1': 'Signs on without parity',
	'hdlc-8e1': 'HDLC with even parity',
	'hdlc-8o1': 'HDLC with odd parity',
	'wrong-baud': 'HDLC at 4800, whatever was agreed',
	'address-1': 'Address of one octet',
	'address-2': 'Address of two octets',
	'address-4': 'Address of four octets',
	'address-serial': 'Address made from its number',
	'direct-300': 'HDLC at once, 300 baud',
	'direct-600': 'HDLC at once, 600 baud',
	'direct-1200': 'HDLC at once, 1200 baud',
	'direct-2400': 'HDLC at once, 2400 baud',
	'direct-4800': 'HDLC at once, 4800 baud',
	'direct-9600': 'HDLC at once, 9600 baud',
	'direct-19200': 'HDLC at once, 19200 baud',
	'direct-38400': 'HDLC at once, 38400 baud',
	'direct-57600': 'HDLC at once, 57600 baud',
	'direct-115200': 'HDLC at once, 115200 baud',
};

export const virtualMeterBench = {
	hands: {
		title: 'Hands on the meter',
		lead: 'What a person could do to a meter on a wall. It notes all of it.',
		present: 'now',
		noted: 'noted',
		tampers,
		cleared: 'What was noted stays until a clear-tamper token.',
		relay: 'Relay',
		closed: 'Closed: power may flow.',
		reasons,
		open: 'Open by hand',
		close: 'Close by hand',
		mode: 'What its button may do',
		modes: {
			hand: 'A hand opens and closes it',
			remote: 'Only the meter and the office do',
		},
		modeOther: (mode: string) => `Control mode ${mode}, as a technician set it`,
		powerFactor: 'Power factor of the load',
	},
	logs: {
		title: 'Event logs',
		kinds: logs,
		label: 'Which log',
		none: 'Nothing noted yet.',
		count: (count: string) => `${count} of 100 kept, the newest first.`,
		tamper: {
			'terminal-cover': 'terminal cover',
			'meter-cover': 'meter cover',
			'magnetic-field': 'magnet',
			'reversed-current': 'reversed current',
		} satisfies Record<TamperKind, string>,
		rate: (rate: string) => `rate ${rate}`,
		phase: (phase: string) => `L${phase}`,
		collected: (amount: string, left: string) => `${amount}, ${left} left`,
	},
	factory: {
		title: 'Factory',
		lead: (make: string) => `It is ${make}. Back at the factory it can be made another one.`,
		make: 'Make',
		phases: { label: 'Phases', 1: 'One', 3: 'Three' },
		payment: { label: 'Paid', prepayment: 'Before', credit: 'After' },
		rates: { label: 'Rates', 1: 'One', 8: 'Eight' },
		name: (phases: string, payment: string, rates: string) => `${phases}, ${payment}, ${rates}`,
		names: {
			phases: { 1: 'a single-phase meter', 3: 'a three-phase meter' },
			payment: { prepayment: 'prepaid', credit: 'postpaid' },
			rates: { 1: 'with one rate', 8: 'with eight rates' },
		},
		algorithm: 'EA07 or EA11 is in its papers, and stays.',
		hangTitle: 'Which make shall it be?',
		hang: 'Hang it up',
		hangWorking: 'Hanging it up',
	},
	bench: {
		title: 'Test bench',
		lead: 'Faults for tests. A real meter has none of them; a good tool finds each.',
		active: (count: string) => `${count} planted`,
		none: 'Nothing is planted.',
		plants,
		plantsTitle: 'Faults of the meter',
		lineTitle: 'Fault of the line',
		lineLead: 'What a technician’s probe meets when it is connected next.',
		lineNone: 'Nothing is wrong',
		lineGroups: { probe: 'Probe', meter: 'Meter', direct: 'No sign-on' },
		line,
		clear: 'Take all faults away',
		warning: 'Planted faults are active: this meter departs from the rules on purpose.',
	},
};
