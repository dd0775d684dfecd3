/** The names of settings in sentences: the history has them too. */
import { SETTING_NAMES } from '#lib/domain/settings.ts';

export const settingNames = SETTING_NAMES;
