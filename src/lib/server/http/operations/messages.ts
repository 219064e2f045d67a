/** Endpoints of message and payment providers, and the sandbox providers' own pages. */
import { NoticeTaken, ProviderNotice, SandboxMessagesQuery } from '#lib/core/sync/wire-messages.ts';
import { rows } from './row.ts';

export const messageOperations = rows({
	receiveWebhook: {
		method: 'POST',
		path: '/api/v1/webhooks/{provider}',
		summary:
			'A provider says that something happened to a payment or message: signed, acted on once, and checked by asking the provider.',
		capability: 'provider.message',
		body: ProviderNotice,
		answers: { 200: NoticeTaken },
		refusals: ['webhook-signature', 'provider-unavailable'],
		rate: 'none',
	},
	readSandboxCharge: {
		method: 'GET',
		path: '/sandbox/pay/{reference}',
		summary: 'Demo only: the page on which a payer approves or declines.',
		capability: 'sandbox',
		answers: { 200: null, 404: null },
		refusals: [],
	},
	tapSandboxCharge: {
		method: 'POST',
		path: '/sandbox/pay/{reference}',
		summary: 'Demo only: the payer’s tap on that page.',
		capability: 'sandbox',
		answers: { 303: null, 404: null },
		refusals: [],
	},
	readSandboxMessages: {
		method: 'GET',
		path: '/sandbox/messages',
		summary: 'Demo only: the messages that would have been sent to phones.',
		capability: 'sandbox',
		query: SandboxMessagesQuery,
		answers: { 200: null },
		refusals: [],
	},
});
