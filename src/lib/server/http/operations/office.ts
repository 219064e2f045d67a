/** Endpoints of the office: closes, refunds, tariffs, keys, audit, operation. */
import {
	AuditEventsQuery,
	AuditPage,
	AuditRoot,
	TokenFinding,
	TokenSearchRequest,
} from '#lib/core/sync/wire-audit.ts';
import { Health, OpenApi, Readiness } from '#lib/core/sync/wire-operation.ts';
import {
	RefundAnswer,
	RefundList,
	RefundQuery,
	RefundRequest,
} from '#lib/core/sync/wire-office.ts';
import { rows } from './row.ts';
import { METER_NUMBER } from './vending.ts';

export const officeOperations = rows({
	readHealth: {
		method: 'GET',
		path: '/healthz',
		summary: 'Whether the process is alive.',
		capability: 'open',
		standalone: true,
		answers: { 200: Health },
		refusals: [],
	},
	readReadiness: {
		method: 'GET',
		path: '/readyz',
		summary:
			'Whether this process can sell: database, security module and keys, and not about to end.',
		capability: 'open',
		standalone: true,
		answers: { 200: Readiness },
		refusals: ['stopping', 'database-older', 'vending-key-unknown', 'security-module-unavailable'],
	},
	readMetrics: {
		method: 'GET',
		path: '/metrics',
		summary: 'Counts and times of this process as Prometheus text; loopback, or a bearer token.',
		capability: 'metrics',
		standalone: true,
		answers: { 200: null },
		mediaType: 'text/plain',
		refusals: ['not-found'],
	},
	readOpenApi: {
		method: 'GET',
		path: '/openapi.json',
		summary: 'This description (OpenAPI 3.1).',
		capability: 'open',
		standalone: true,
		answers: { 200: OpenApi },
		refusals: [],
	},
	readAuditEvents: {
		method: 'GET',
		path: '/api/v1/audit/events',
		summary: 'What was done by whom, in the chain that anybody can check, oldest first.',
		capability: 'audit.read',
		query: AuditEventsQuery,
		answers: { 200: AuditPage },
		refusals: [],
	},
	readAuditRoot: {
		method: 'GET',
		path: '/api/v1/audit/roots/{date}',
		summary: 'Where the chain stood when a civil day was over, signed.',
		capability: 'audit.read',
		answers: { 200: AuditRoot },
		refusals: ['not-found'],
	},
	searchToken: {
		method: 'POST',
		path: '/api/v1/audit/token-searches',
		summary:
			'From twenty digits and a meter: who sold them, when, where, under which key. Not ours: what they say.',
		capability: 'audit.read',
		body: TokenSearchRequest,
		answers: { 200: TokenFinding },
		refusals: ['meter-unknown', 'security-module-unavailable'],
		rate: 'meter-lookup',
	},
	listRefunds: {
		method: 'GET',
		path: '/api/v1/refunds',
		summary: 'Money owed to payers, and money that came too late; or what of it was settled.',
		capability: 'refund.read',
		query: RefundQuery,
		answers: { 200: RefundList },
		refusals: [],
	},
	settleRefund: {
		method: 'PUT',
		path: '/api/v1/refunds/{id}',
		summary: 'Settles what is owed for one vend, or came too late for one: once.',
		capability: 'refund.settle',
		body: RefundRequest,
		answers: { 200: RefundAnswer },
		refusals: [
			...METER_NUMBER,
			'id-reused',
			'not-found',
			'refund-settled',
			'meter-busy',
			'arrears-exceeded',
		],
	},
});
