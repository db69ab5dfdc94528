-- The sandbox shows the payer its page, or a code to scan that leads to it on another device.
alter table sandbox_charges add column presents text not null default 'redirect' check (presents in ('redirect', 'qr_code'));
