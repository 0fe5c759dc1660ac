package org.eclipse.microprofile.config;

/** What Drools looks for at each start; without its method Drools takes system properties, as without the class. */
abstract class ConfigProvider {}
