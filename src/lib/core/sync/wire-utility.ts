/** What the office sets for its whole utility. */
import * as v from 'valibot';

/**
 * Who may fetch a meter's free electricity without somebody of the staff: nobody, whoever shows that the phone on
 * the account is theirs, or whoever has the meter's number.
 */
export const FBE_BY_APP = ['off', 'owner', 'anyone'] as const;

/** `GET` and `PUT /api/v1/utilities/current/settings`. */
export const UtilitySettings = v.strictObject({ fbeByApp: v.picklist(FBE_BY_APP) });

export type UtilitySettings = v.InferOutput<typeof UtilitySettings>;
export type FbeByApp = (typeof FBE_BY_APP)[number];
