import type accounts from "#messages/en/accounts.json";
import type activity from "#messages/en/activity.json";
import type admin from "#messages/en/admin.json";
import type alerts from "#messages/en/alerts.json";
import type books from "#messages/en/books.json";
import type charting from "#messages/en/charting.json";
import type closing from "#messages/en/closing.json";
import type common from "#messages/en/common.json";
import type desk from "#messages/en/desk.json";
import type errors from "#messages/en/errors.json";
import type gallery from "#messages/en/gallery.json";
import type home from "#messages/en/home.json";
import type indicators from "#messages/en/indicators.json";
import type keys from "#messages/en/keys.json";
import type links from "#messages/en/links.json";
import type mailbox from "#messages/en/mailbox.json";
import type markets from "#messages/en/markets.json";
import type notifications from "#messages/en/notifications.json";
import type offline from "#messages/en/offline.json";
import type ordering from "#messages/en/ordering.json";
import type organisations from "#messages/en/organisations.json";
import type own from "#messages/en/own.json";
import type portfolio from "#messages/en/portfolio.json";
import type rates from "#messages/en/rates.json";
import type session from "#messages/en/session.json";
import type settings from "#messages/en/settings.json";
import type status from "#messages/en/status.json";
import type trade from "#messages/en/trade.json";
import type transfers from "#messages/en/transfers.json";
import type verification from "#messages/en/verification.json";
import type { Locale } from "./locales";

declare module "next-intl" {
  interface AppConfig {
    Locale: Locale;
    Messages: {
      accounts: typeof accounts;
      activity: typeof activity;
      admin: typeof admin;
      alerts: typeof alerts;
      books: typeof books;
      charting: typeof charting;
      closing: typeof closing;
      common: typeof common;
      desk: typeof desk;
      errors: typeof errors;
      gallery: typeof gallery;
      home: typeof home;
      indicators: typeof indicators;
      keys: typeof keys;
      links: typeof links;
      mailbox: typeof mailbox;
      markets: typeof markets;
      notifications: typeof notifications;
      offline: typeof offline;
      ordering: typeof ordering;
      organisations: typeof organisations;
      own: typeof own;
      portfolio: typeof portfolio;
      rates: typeof rates;
      session: typeof session;
      settings: typeof settings;
      status: typeof status;
      trade: typeof trade;
      transfers: typeof transfers;
      verification: typeof verification;
    };
  }
}
