/** Fluent's light and dark theme as one: every colour is `light-dark(…)`, so the page follows the system without a flash or a script. */
import { type Theme, webDarkTheme, webLightTheme } from '@fluentui/react-components';

const COLOUR = /rgba?\([^)]*\)|#[0-9a-f]{3,8}\b/gi;

function both(light: string, dark: string): string {
  if (light === dark) return light;
  const darkColours = dark.match(COLOUR) ?? [];
  let next = 0;
  // Shadows mix lengths and colours, and only a colour may stand in `light-dark(…)`.
  return light.replace(COLOUR, (colour) => `light-dark(${colour}, ${darkColours[next++] ?? colour})`);
}

function merge(light: Theme, dark: Theme): Theme {
  const merged: Theme = { ...light };
  const darkTokens = new Map(Object.entries(dark));
  for (const [token, value] of Object.entries(light)) {
    const darkValue = darkTokens.get(token);
    if (typeof value === 'string' && typeof darkValue === 'string')
      Object.assign(merged, { [token]: both(value, darkValue) });
  }
  return merged;
}

export const theme = merge(webLightTheme, webDarkTheme);
