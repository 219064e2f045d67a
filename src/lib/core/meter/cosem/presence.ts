/** Which meters have which objects. */
import { presetOf } from '../presets.ts';
import type { Presence } from './cosem-object.ts';

export const isThreePhase: Presence = ({ preset }) => presetOf(preset).phases === 3;
export const isPrepaid: Presence = ({ supply }) => supply.prepaid;
export const hasEmergency: Presence = ({ supply }) => supply.emergency !== null;
export const hasCharge: Presence = ({ charge }) => charge !== null;
export const hasTariff: Presence = ({ tariff }) => tariff !== null;
