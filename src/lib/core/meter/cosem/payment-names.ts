/** What the objects of payment are called, and when a charge is collected. */

export const TOKEN_CREDIT = '0.0.19.10.0';
export const EMERGENCY_CREDIT = '0.0.19.10.1';
export const CONSUMPTION_CHARGE = '0.0.19.20.0';
export const DEBT_CHARGE = '0.0.19.20.1';

/** Bits of collection_configuration: when disconnected, in load limiting, in a friendly period: none of them. */
export const COLLECTED_ALWAYS = 0;
