import { getRequestConfig } from "next-intl/server";
import { isLocale, LOCALES } from "./locales";
import { allMessages } from "./messages";

export default getRequestConfig(async ({ requestLocale }) => {
  const asked = await requestLocale;
  const locale = isLocale(asked) ? asked : LOCALES[0];
  return {
    locale,
    messages: await allMessages(locale),
    timeZone: "UTC",
    onError(error) {
      // A page with a missing word is not built.
      throw error;
    },
  };
});
