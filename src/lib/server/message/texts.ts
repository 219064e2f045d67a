/**
 * What each message says: one row per template. The text is made when it is sent, from the rows it tells of,
 * and is stored nowhere.
 */
import type { Backend } from '../backend.ts';
import type { MessageRow } from '../database/schema.ts';
import { fetchText } from '../fetch/fetch-text.ts';
import { FETCH_TEMPLATE } from '../fetch/request-fetch-code.ts';
import { codeText } from './code-text.ts';
import { tokenText } from './token-text.ts';

/** Undefined: there is nothing to tell any more, and the message is given up. */
export type TextOf = (backend: Backend, message: MessageRow) => Promise<string | undefined>;

export const MESSAGE_TEXTS: Readonly<Partial<Record<string, TextOf>>> = {
	token: tokenText,
	code: codeText,
	[FETCH_TEMPLATE]: fetchText,
};
