/** A stored delivery read back: what this version does not know is refused by name, never guessed at. */
import * as v from 'valibot';
import {
	type Delivery,
	DELIVERY_VERSION,
	DeliveryShape,
	type DeliveryToken,
	isFinal,
} from './delivery.ts';

export type StoredDeliveryRefusal =
	| { readonly refused: 'not-a-delivery' }
	/** Another version of the app has written it. */
	| { readonly refused: 'version'; readonly found: number }
	/** A field that is not as it must be, by its path. */
	| { readonly refused: 'field'; readonly path: string }
	/** Two tokens on their way, or the same one twice: no run of this machine leaves that behind. */
	| { readonly refused: 'contradiction' };

export function parseDelivery(json: unknown): Delivery | StoredDeliveryRefusal {
	if (typeof json !== 'object' || json === null) return { refused: 'not-a-delivery' };
	const version: unknown = 'version' in json ? json.version : undefined;
	if (typeof version !== 'number') return { refused: 'not-a-delivery' };
	if (version !== DELIVERY_VERSION) return { refused: 'version', found: version };
	const parsed = v.safeParse(DeliveryShape, json, { abortEarly: true });
	if (!parsed.success) return { refused: 'field', path: v.getDotPath(parsed.issues[0]) ?? '' };
	const { tokens } = parsed.output;
	const onTheirWay = tokens.filter((token) => !isFinal(token) && !isWaiting(token)).length;
	const distinct = new Set(tokens.map(({ digits }) => digits)).size;
	if (onTheirWay > 1 || distinct !== tokens.length) return { refused: 'contradiction' };
	return parsed.output;
}

const isWaiting = ({ state }: DeliveryToken): boolean => state.phase === 'waiting';
