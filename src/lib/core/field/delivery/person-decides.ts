/** What a person may decide where the machine does not. */
import { type Delivery, type DeliveryToken, withState, withToken } from './delivery.ts';

export const CHOICES = [
	/** Read the gateway again. */
	'look-again',
	/** Send it again: a meter that has it already says "used", and counts nothing twice. */
	'send-again',
	/** Let it be, and go on with the rest. */
	'leave',
] as const;
export type Choice = (typeof CHOICES)[number];

/** Decides about the token a person was asked about. @throws {TypeError} slip: nobody was asked */
export function decideToken(delivery: Delivery, choice: Choice): Delivery {
	const index = delivery.tokens.findIndex(({ state }) => state.phase === 'undecided');
	const state = delivery.tokens[index]?.state;
	if (state?.phase !== 'undecided') throw new TypeError('nobody was asked about a token');
	const { before, landed } = state;
	switch (choice) {
		case 'look-again':
			return withState(
				delivery,
				index,
				landed
					? { phase: 'pending', before, readings: 0, same: false }
					: { phase: 'unknown', before, readings: 0, absent: false },
			);
		case 'send-again':
			return {
				...withToken(delivery, index, { again: true, state: { phase: 'waiting' } }),
				seen: null,
			};
		case 'leave':
			return leave(delivery, index);
	}
}

/** Goes on after a stop. The rest of a key change that was refused is left out: it is of no use. */
export function goOn(delivery: Delivery): Delivery {
	const refused = delivery.tokens.findLast(
		({ kind, state }) => kind === 'key-change' && isRefused(state.phase),
	);
	const left =
		delivery.stopped === 'key-change-refused' && refused ? withoutSet(delivery, refused) : delivery;
	return { ...left, stopped: null };
}

const isRefused = (phase: string): boolean => phase === 'refused' || phase === 'left';

/** A section of a key change takes the rest of its set with it. */
function leave(delivery: Delivery, index: number): Delivery {
	const left = withState(delivery, index, { phase: 'left' });
	const token = left.tokens[index] as DeliveryToken;
	return token.kind === 'key-change' ? { ...left, stopped: 'key-change-refused' } : left;
}

function withoutSet(delivery: Delivery, { set }: DeliveryToken): Delivery {
	return {
		...delivery,
		tokens: delivery.tokens.map((token) =>
			token.kind === 'key-change' && token.set === set && token.state.phase === 'waiting'
				? { ...token, state: { phase: 'left' } }
				: token,
		),
	};
}
