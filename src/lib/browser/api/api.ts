/** What a consumer's app asks of the backend; how a request ends is said in `call.ts`. */
import {
	MeterConfirmation,
	PaymentAnswer,
	VendAnswer,
	VirtualMeterList,
	VirtualMeterProvision,
	type FbeRequest,
	type PaymentRequest,
	type VendRequest,
} from '#lib/core/sync/wire.ts';
import { call, send } from './call.ts';

export const api = {
	confirmMeter: (drn: string) =>
		call(MeterConfirmation, `/api/v1/meters/${encodeURIComponent(drn)}`),
	putVend: (id: string, request: VendRequest | FbeRequest) =>
		send(VendAnswer, 'PUT', `/api/v1/vends/${id}`, request),
	askVend: (id: string) => call(VendAnswer, `/api/v1/vends/${id}`),
	putPayment: (id: string, request: PaymentRequest) =>
		send(PaymentAnswer, 'PUT', `/api/v1/payments/${id}`, request),
	askPayment: (id: string) => call(PaymentAnswer, `/api/v1/payments/${id}`),
	listVirtualMeters: () => call(VirtualMeterList, '/api/v1/virtual-meters'),
	provisionVirtualMeter: (drn: string) =>
		call(VirtualMeterProvision, `/api/v1/virtual-meters/${encodeURIComponent(drn)}`),
};

export type Api = typeof api;
