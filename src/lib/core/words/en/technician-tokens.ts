/** The screen that hands a meter its tokens. What a meter says of one stands in `delivery.ts`. */
import type { TokenKind } from '#lib/core/field/delivery/queued-token.ts';

const kinds: Record<TokenKind, string> = {
	credit: 'Credit',
	fbe: 'Free basic electricity',
	'free-issue': 'Free issue',
	'key-change': 'Key change',
	engineering: 'Engineering',
};

export const technicianTokens = {
	title: 'Tokens',
	lead: 'Handed to the meter one by one, each with the meter’s own verdict.',
	kinds,
	/** Digits of which nobody has said what they are. */
	keyedIn: 'Keyed in',
	/** `place` of `of` tokens of one purchase. */
	part: (place: string, of: string) => `part ${place} of ${of}`,
	/** Last characters of a purchase's number. */
	vend: (end: string) => `purchase …${end}`,
	test: 'TEST',
	testMeaning: 'Made with test keys: worth nothing at a real utility',
	earlier: {
		refused: 'Refused before',
		unknown: 'Handed over before, outcome not known. If the meter has it, it says “used”.',
	},
	meter: {
		away: (drn: string) => `Meter ${drn} is not connected`,
		none: 'No meter is connected',
		noneDetail: 'Connect to a meter: its tokens from your jobs are then listed here.',
		connect: 'Connect to a meter',
		connectAgain: 'Connect again',
		/** Tokens of one meter are not done, and another one is connected. */
		other: (theirs: string, here: string) =>
			`The tokens of meter ${theirs} are not done. This is meter ${here}: nothing of them is sent here.`,
		unfinished: (drn: string) => `Not done at meter ${drn}`,
		open: 'Show',
	},
	/** The store of this device did not say what it has. */
	unread: {
		title: 'The tokens could not be read',
		detail:
			'What this device has of this meter’s tokens is not known. Nothing is handed over until it is.',
		again: 'Try again',
	},
	rights: {
		title: 'Tokens cannot be handed over with these rights',
		'not-in-jobs':
			'This meter is in none of the jobs on this device, so there are no keys for it. Ask the office for a job with this meter, and fetch it where there is a network.',
		'no-association':
			'The office has set no keys for this meter. Ask the office to set them, and fetch the jobs again.',
		wished:
			'You have connected with what the meter tells everybody. Disconnect, and connect with its keys.',
	},
	queue: {
		title: 'To be handed over',
		none: 'Nothing waits for this meter',
		noneDetail: 'Fetch your jobs again, or key a token in.',
		take: 'Take out',
		takeOf: (digits: string) => `Take ${digits} out of the list`,
		order: 'Key changes go in first, then the oldest token.',
	},
	field: {
		label: 'Token',
		hint: 'Twenty digits, typed or pasted',
		missing: (count: string) => `${count} digits to go`,
		whole: 'Twenty digits. Only the meter can say whether they are for it.',
		add: 'Add to the list',
		listed: 'This token is in the list already.',
		taken: 'The meter has taken this token.',
	},
	deliver: (count: string) => (count === '1' ? 'Deliver the token' : `Deliver ${count} tokens`),
	goOn: 'Go on',
	stop: 'Stop after this step',
	stopMeaning: 'What is on the line is waited for.',
	again: 'Put in the list again',
	list: {
		title: 'Handed over',
		/** `done` of `of` tokens have an end. */
		progress: (done: string, of: string) => `${done} of ${of}`,
		before: 'Before',
		after: 'After',
		credit: 'Credit',
		readBack: 'The answer was lost. The verdict was read back.',
		proven: 'In the journal',
	},
	banner: {
		beginning: {
			title: 'Reading the meter',
			detail: 'What it has is read before anything is sent.',
		},
		entering: { title: 'Handing the token over', detail: 'Keep the probe where it is.' },
		pending: { title: 'The meter is at it', detail: 'It has the token and says in a moment.' },
		unknown: {
			title: 'The meter has not answered',
			detail: 'Nothing was sent twice. What it has is being read back.',
		},
		between: { title: 'Reading the meter', detail: 'The credit is read for the proof.' },
		key: { title: 'Reading the meter’s key', detail: 'It is compared with what it was before.' },
		lost: {
			title: 'Not known yet',
			detail:
				'The meter has not answered. Nothing was sent twice. Hold the probe straight and connect again: what the meter has is read back by itself before anything else.',
		},
		interrupted: {
			title: 'The line is gone',
			detail: 'Nothing is on its way. Connect again and go on.',
		},
		calledOff: { title: 'Stopped', detail: 'Nothing is on its way. The rest waits in the list.' },
		waiting: (count: string) => `${count} wait in this delivery`,
		otherTab: {
			title: 'Another tab works on this meter',
			detail: 'One at a time, so that nothing is sent twice. Close it there, then go on here.',
		},
		notKept: 'Nothing more was sent',
		setRefused: 'The key change was not begun',
		leaveSetOut: 'Go on without the key change',
		notPlanned: 'The list cannot be handed over',
		damaged: 'The stored delivery cannot be read',
		/** `display` is what stands at the meter for this status. */
		code: (stage: string, code: string) => `Refused at: ${stage} · status ${code}`,
		decide: 'You decide',
	},
	job: {
		close: 'This job is done',
		meaning: 'The office hears that it is done. It leaves this device with the next fetch.',
		note: 'Note for the office',
		needsNetwork: 'Saying so needs a network.',
		/** Tokens of one meter that it has taken. */
		delivered: (done: string, of: string) => `${done} of ${of} tokens in the meter`,
	},
	key: {
		title: 'Key of this meter',
		before: 'Before',
		after: 'After',
		wanted: 'Wanted',
		names: {
			sgc: 'Supply group',
			krn: 'Key revision',
			ti: 'Tariff index',
			kt: 'Key type',
			ken: 'Key expiry',
			ea: 'Algorithm',
		},
		notTold: 'not told',
		notRead: 'not read yet',
	},
};
