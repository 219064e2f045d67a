/** Tokens into a meter over DLMS: every status, every refusal, and what is not known, in plain sentences. */
import type { TokenStatusName } from '#lib/core/dlms/cosem/payment-classes.ts';
import type { StopReason, TokenPhase, Undecided } from '#lib/core/field/delivery/delivery.ts';
import type { StoredDeliveryRefusal } from '#lib/core/field/delivery/parse-delivery.ts';
import type { Choice } from '#lib/core/field/delivery/person-decides.ts';
import type { PlanRefusal } from '#lib/core/field/delivery/plan-delivery.ts';
import type { QueuedTokenRefusal } from '#lib/core/field/delivery/queued-token.ts';
import type { StatusStage } from '#lib/core/field/delivery/token-status.ts';

interface StatusWords {
	readonly title: string;
	/** What the meter has said. */
	readonly detail: string;
	/** What to do next; empty where there is nothing to do but wait. */
	readonly next: string;
}

const statuses: Record<TokenStatusName, StatusWords> = {
	'format-ok': {
		title: 'The meter reads the token',
		detail: 'The digits look like a token. The meter goes on.',
		next: '',
	},
	'authentication-ok': {
		title: 'The token is for this meter',
		detail: 'It was made under this meter’s key. The meter goes on.',
		next: '',
	},
	'validation-ok': {
		title: 'The token is new',
		detail: 'It was not used before and is not too old. The meter goes on.',
		next: '',
	},
	'execution-ok': {
		title: 'Accepted',
		detail: 'The meter has taken the token.',
		next: '',
	},
	'format-failure': {
		title: 'Not read as a token',
		detail:
			'The meter does not take what it was sent for a token. The digits were whole, so that it expects them in another form.',
		next: 'Key the token in at the meter. Its profile must be mended before the next one is sent.',
	},
	'authentication-failure': {
		title: 'Not for this meter, or mistyped',
		detail:
			'A wrong key, a wrong meter and a wrong digit all look the same to a meter. Nothing was used up.',
		next: 'Compare the meter number and the digits. If they are right, the meter’s key may be behind: ask for a key change.',
	},
	'validation-failure': {
		title: 'Used, too old, or expired',
		detail:
			'The token is for this meter. It was taken before, or it is older than the meter remembers, or its key has expired, or the meter still has its factory key.',
		next: 'Look at the meter’s credit and its token log before you ask for another token.',
	},
	'execution-failure': {
		title: 'Not carried out',
		detail:
			'The token is good, and the meter cannot take it now: it is too full, it does not have this function, or it is locked after wrong entries. The token was not used.',
		next: 'Wait, or let some credit be used, and send it again.',
	},
	'received-and-not-yet-processed': {
		title: 'Received',
		detail: 'The meter has the token and has not looked at it yet.',
		next: '',
	},
};

const stages: Record<StatusStage | 'gateway', string> = {
	format: 'form',
	authentication: 'key',
	validation: 'age and use',
	execution: 'carrying out',
	gateway: 'handing over',
};

const phases: Record<TokenPhase, string> = {
	waiting: 'Waiting',
	entering: 'Sending',
	pending: 'The meter is at it',
	unknown: 'No answer: reading back',
	undecided: 'Your decision',
	accepted: 'Accepted',
	refused: 'Refused',
	'not-taken': 'Not taken',
	left: 'Left out',
};

interface TitleAndDetail {
	readonly title: string;
	readonly detail: string;
}

const stops: Record<StopReason, TitleAndDetail> = {
	'gateway-refuses': {
		title: 'The meter takes no token this way',
		detail:
			'The next one would fare the same, so nothing more was sent. Key the tokens in, or choose the right profile.',
	},
	'not-authentic': {
		title: 'Stopped after a token that is not for this meter',
		detail:
			'A wrong key fails every token, and most meters lock after three. Compare the meter number before you go on.',
	},
	'not-carried-out': {
		title: 'Stopped: the meter cannot take tokens now',
		detail:
			'What kept it from this one, a full register or a lock after wrong entries, is still there for the next. All of them are still good.',
	},
	'refused-in-a-row': {
		title: 'Stopped after two refused tokens',
		detail: 'After a third in a row many meters lock. Look at the meter’s credit before you go on.',
	},
	'key-change-refused': {
		title: 'Stopped: the key change was not taken',
		detail:
			'The rest of the set is of no use without this part, and the tokens after it are made under the new key. If the meter has the new key already, go on without the set.',
	},
	'cannot-send': {
		title: 'The token cannot be sent',
		detail:
			'This access to the meter does not allow it. Nothing was sent. Connect with another one.',
	},
};

const undecided: Record<Undecided, TitleAndDetail> = {
	'token-not-told': {
		title: 'Not known whether the meter has it',
		detail:
			'The answer was lost, and this meter does not tell which token it received last. Compare its credit with what it was before.',
	},
	'another-token-since': {
		title: 'Not known whether the meter has it',
		detail:
			'The answer was lost, and another token has come since. Ask whether somebody keyed one in, and look at the token log.',
	},
	'no-final-status': {
		title: 'The meter has it and does not say more',
		detail:
			'It received the token and has not come to an end with it in a minute. Look again later.',
	},
	'never-arrives': {
		title: 'The token does not arrive',
		detail:
			'It was sent three times, and the meter does not have it. Nothing was counted twice. Check the probe, then send it again.',
	},
	'status-not-known': {
		title: 'The meter says something we do not know',
		detail:
			'It has the token. What it says about it is its maker’s own. Look at its display and its credit.',
	},
};

const choices: Record<Choice, TitleAndDetail> = {
	'look-again': { title: 'Look again', detail: 'Nothing is sent.' },
	'send-again': {
		title: 'Send it again',
		detail: 'If the meter has it already, it says “used” and counts nothing twice.',
	},
	leave: { title: 'Leave it', detail: 'The rest of the queue goes on.' },
};

const tokenRefusals: Record<QueuedTokenRefusal, string> = {
	empty: 'There are no digits.',
	'not-digits': 'A token has digits only.',
	'too-short': 'A token has twenty digits; some are missing.',
	'too-long': 'A token has twenty digits; these are more.',
	'too-large': 'These digits are no STS token.',
	'reserved-class': 'No meter has a use for a token of this class.',
	'another-kind': 'The digits are of another kind of token than the list says.',
};

const planRefusals: Record<Exclude<PlanRefusal['refused'], 'tokens'>, (most: string) => string> = {
	empty: () => 'There is no token to send.',
	'too-many': (most) => `A queue has at most ${most} tokens: a meter remembers no more.`,
};

const storedRefusals: Record<StoredDeliveryRefusal['refused'], string> = {
	'not-a-delivery': 'What is stored is not a delivery. Nothing was sent.',
	version: 'Another version of the app has stored this delivery. Load the page again.',
	field: 'What is stored of this delivery is damaged. Nothing was sent.',
	contradiction: 'What is stored of this delivery contradicts itself. Nothing was sent.',
};

export const delivery = {
	statuses,
	stages,
	phases,
	stops,
	undecided,
	choices,
	tokenRefusals,
	planRefusals,
	storedRefusals,
	/** A code that the standard does not have. */
	statusNotKnown: (code: string) => `Status ${code}`,
	/** The bits beside the status, where nothing says what this maker means by them. */
	ownCode: (bits: string) => `The meter’s own code: ${bits}`,
	/** `result` as the standard names it, such as `read-write-denied`. */
	notTaken: (result: string) => `The meter answered: ${result}.`,
	/** A key-change section that was taken. */
	sectionTaken: (place: string, of: string) => `Part ${place} of ${of} of the key change is in.`,
	/** A refusal after a person had it sent again. */
	sentAgain:
		'It was sent a second time. If the meter says “used”, the first one went in: compare the credit.',
	creditMoved: (before: string, after: string) => `Credit ${before} before, ${after} after.`,
	remaining: (count: string) => `${count} still to go in`,
	otherMeter: 'These tokens are for another meter. Nothing was sent.',
	notKept: 'This device could not store where the delivery is, so nothing more was sent.',
	interrupted: {
		title: 'The line is gone',
		detail:
			'Nothing was sent twice. Connect again: what the meter has is read back before anything is sent.',
	},
};
